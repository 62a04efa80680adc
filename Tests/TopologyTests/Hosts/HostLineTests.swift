import Testing

@testable import Topology

@Suite struct HostLineTests {
    @Test(arguments: [
        ("gotorrent-host system Linux x86_64", HostLine.system(name: "Linux", processor: "x86_64")),
        ("gotorrent-host space 1024 /home/a b", .space(freeKibibytes: 1024, folder: "/home/a b")),
        ("gotorrent-host space  /home/a", .space(freeKibibytes: nil, folder: "/home/a")),
        ("gotorrent-host missing", .missing), ("gotorrent-host agent", .agent),
        ("gotorrent-host failed folder mkdir: no", .failed(.folder("mkdir: no"))),
        ("gotorrent-host failed copy  a   b ", .failed(.copy("a b"))),
        ("gotorrent-host failed start apt-get no lib", .failed(.start(manager: "apt-get", text: "no lib"))),
        ("gotorrent-host failed start", .failed(.start(manager: "none", text: ""))),
        ("gotorrent-host failed gone /x", .failed(.gone("/x"))),
        ("gotorrent-host failed odd thing", .failed(.other("odd thing"))),
    ])
    func whatTheScriptSaysIsRead(line: String, meaning: HostLine) {
        #expect(HostLine(line) == meaning)
    }

    @Test(arguments: [
        "", "Welcome to lab1", "gotorrent-host", "gotorrent-host ", "gotorrent-host frobnicate", "gotorrent",
    ])
    func otherLinesArePassedOver(line: String) {
        #expect(HostLine(line) == nil)
    }
}
