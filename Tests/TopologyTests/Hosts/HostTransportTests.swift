import Testing

@testable import Topology

@Suite struct HostTransportTests {
    private static func transport(_ ssh: String?, _ command: String = "ssh") -> HostTransport {
        HostTransport(HostDescription(name: "lab1", address: "10.0.0.11", ssh: ssh), ssh: command)
    }

    @Test func theUsersSshIsAskedWithItsOwnConfiguration() throws {
        let words = Self.transport("student@lab1", "ssh -F /etc/lab/config").words
        #expect(words.prefix(3) == ["ssh", "-F", "/etc/lab/config"])
        // The destination is never an option, and what the remote shell gets holds nothing of ours.
        #expect(words.suffix(3) == ["--", "student@lab1", HostTransport.remoteCommand])
        let options = zip(words, words.dropFirst()).filter { $0.0 == "-o" }.map(\.1)
        #expect(options.contains("BatchMode=yes"))
        #expect(!options.contains { $0.hasPrefix("StrictHostKeyChecking") || $0.contains("KnownHosts") })
        #expect(!options.contains { $0.hasPrefix("Identity") || $0.hasPrefix("Password") || $0.hasPrefix("Proxy") })
    }

    @Test func whatIsTypedByHandIsQuoted() {
        let transport = Self.transport("a'b@lab", "ssh -F x")
        #expect(transport.byHand == #"ssh -F x 'a'\''b@lab' true"#)
        #expect(transport.typed(["df", "-h"]) == #"ssh -F x 'a'\''b@lab' df -h"#)
        // Two shells read it: this machine's, and then the host's.
        #expect(Self.transport("lab1").typed(["ls", "a b"]) == #"ssh lab1 'ls '\''a b'\'''"#)
        #expect(
            Self.transport("lab1").typed(["sudo", "apt-get", "install", "libzmq5"], asksForPassword: true)
                == "ssh -t lab1 sudo apt-get install libzmq5")
    }

    @Test func anEmptyCommandIsSsh() {
        #expect(Self.transport("lab1", " ").words.first == "ssh")
    }

    @Test func thisMachineNeedsNoSsh() {
        let transport = Self.transport(nil)
        #expect(transport.words == ["/bin/sh", "-c", HostTransport.remoteCommand])
        #expect(transport.typed(["df", "-h"]) == "df -h")
    }
}
