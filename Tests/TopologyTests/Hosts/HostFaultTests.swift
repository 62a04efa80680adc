import Testing

@testable import Topology

/// Each names the host, what is wrong, and the command to try.
@Suite struct HostFaultTests {
    private static let faults: HostFault = {
        let host = HostDescription(name: "lab1", address: "10.0.0.11", ssh: "student@lab1")
        return HostFault(host: host, transport: HostTransport(host, ssh: "ssh"))
    }()

    @Test(arguments: [
        ("student@lab1: Permission denied (publickey).\n", "it refuses the key"),
        ("No ED25519 host key is known for lab1.\nHost key verification failed.\n", "its host key is not known here"),
        ("ssh: Could not resolve hostname lab1: Name or service not known\n", "its name is not known here"),
        ("ssh: connect to host lab1 port 22: Connection refused\r\n", "it cannot be reached"),
        ("", "it cannot be reached"),
    ])
    func whatSshSaidIsSorted(said: String, meaning: String) {
        let text = Self.faults.connection(said, isMidway: false).description
        #expect(text.hasPrefix("host lab1: \(meaning)"), "\(text)")
        #expect(text.hasSuffix("; try by hand: ssh student@lab1 true"), "\(text)")
        if let last = said.split(separator: "\n").last?.prefix(20) { #expect(text.contains(last)) }
    }

    @Test func aConnectionThatIsLostLaterWasThere() {
        let text = Self.faults.connection("Timeout, server lab1 not responding.\n", isMidway: true).description
        #expect(text.hasPrefix("host lab1: the connection was lost (Timeout, server lab1 not responding.)"))
    }

    @Test(arguments: [
        ("apt-get", "ssh -t student@lab1 sudo apt-get install libzmq5"),
        ("dnf", "ssh -t student@lab1 sudo dnf install zeromq"), ("brew", "ssh student@lab1 brew install zeromq"),
    ])
    func howToInstallLibzmqIsSaid(manager: String, command: String) {
        let text = Self.faults.script(.start(manager: manager, text: "libzmq.so.5: cannot open")).description
        #expect(text == "host lab1: libzmq is not there (libzmq.so.5: cannot open); try by hand: \(command)")
    }

    @Test func anotherReasonNotToStartIsToldAsItIs() {
        let text = Self.faults.script(.start(manager: "apt-get", text: "GLIBC_2.36 not found")).description
        #expect(text.hasPrefix("host lab1: the program does not start there (GLIBC_2.36 not found)"))
        #expect(!text.contains("libzmq"))
    }
}
