import Metainfo
import Testing

@Suite struct FileNameTests {
    @Test(arguments: [
        "a", "GOTORRENT.txt", "...", ".hidden", "mit Leerzeichen é 🌊", String(repeating: "x", count: 255),
    ])
    func passesOneSafeComponent(name: String) throws {
        try FileName.check(name)
    }

    @Test(arguments: [
        ("", "is empty"),
        (".", "is \".\", which means a folder"),
        ("..", "is \"..\", which means a folder"),
        ("/etc/passwd", "contains \"/\"; it must name one file, without folders"),
        ("a/b", "contains \"/\"; it must name one file, without folders"),
        ("..\\a", "contains \"\\\"; it must name one file, without folders"),
        ("a\0", "contains the control character 0"),
        ("\u{1b}[2J", "contains the control character 27"),
        ("\u{85}", "contains the control character 133"),
        (String(repeating: "é", count: 128), "is 256 bytes long; 255 are the most"),
    ])
    func refuses(name: String, reason: String) {
        #expect(throws: MetafileError(.malformed, "the file's name \(reason)")) { try FileName.check(name) }
    }
}
