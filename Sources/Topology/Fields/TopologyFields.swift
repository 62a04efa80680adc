import GossipCore
import GossipNode
import HTTPText
import Metainfo

/// Every kind of value that a topology holds, with its bounds.
///
/// The bounds are wide: they are there to catch a slip of the pen (a cycle of 100 hours), not to forbid an experiment.
package enum TopologyFields {
    package static let style = Field<GossipStyle>.choice()
    package static let fanout = Field<Int>.integer(1...65535)
    package static let cycle = Field<Duration>.duration(.milliseconds(1)...hour)
    package static let chunkSelection = Field<ChunkSelection>.choice()
    package static let separation = Field<Separation>.choice()
    package static let peerChoice = Field<PartnerChoice>.choice()
    package static let security = Field<SecurityMode>.choice()
    package static let exchange = Field<ExchangeMode>.choice()
    package static let peerSampling = Field<PeerSampling.Kind>.choice()
    package static let viewSize = Field<UInt16>.integer(1...256)
    package static let chunkSize = Field<UInt64>.byteSize(1...UInt64(Metafile.maximumChunkSize))
    /// The bus takes the next two ports as well.
    package static let trackerPort = Field<UInt16>.integer(0...65533)
    package static let nodePort = Field<UInt16>.integer(0...65535)
    package static let sampleSize = Field<Int>.integer(1...10_000)
    package static let announceInterval = Field<Duration>.duration(.milliseconds(10)...day)
    package static let peerTimeout = Field<Duration>.duration(.milliseconds(10)...day)
    package static let refreshInterval = Field<Duration>.duration(.milliseconds(10)...day)
    package static let stallTimeoutCycles = Field<Int>.integer(1...1_000_000)
    package static let metrics = Field<ListenAddress>.listenAddress(defaultPort: MetricsNode.defaultPort)
    package static let role = Field<NodeRole>.choice()
    /// Peers without a line of their own; each is a process.
    package static let peerCount = Field<Int>.integer(1...10_000)

    /// What a run is called: the beginning of a folder's name.
    package static let runName = Field<String>.text(
        "1 to 64 of A–Z a–z 0–9 . _ -, the first a letter or a digit"
    ) { text in
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: ".") }
            && text.utf8.first.map(isLetterOrDigit) == true
    }

    /// What a node or a host is called. `tracker` has its own log and topic.
    package static let nodeName = Field<String>.text("1 to 64 of A–Z a–z 0–9 _ -, and not \"tracker\"") { text in
        isName(text) && text.lowercased() != "tracker"
    }

    package static let hostName = Field<String>.text("1 to 64 of A–Z a–z 0–9 _ -") { isName($0) }

    /// What stands between `tcp://` and the port.
    package static let address = Field<String>.text(
        "a host's name, an IPv4 address, or an IPv6 address in brackets"
    ) { text in
        guard (1...253).contains(text.utf8.count) else { return false }
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
        let inner = isBracketed ? text.dropFirst().dropLast() : text[...]
        let others: String = isBracketed ? ".:%-_" : ".-_"
        return !inner.isEmpty && inner.utf8.allSatisfy { isLetterOrDigit($0) || others.utf8.contains($0) }
            && !inner.hasPrefix("-")
    }

    /// What `ssh` is given; one that began with a dash would be an option to it.
    package static let ssh = Field<String>.text("what ssh is given, such as student@lab1") { text in
        (1...255).contains(text.utf8.count) && !text.hasPrefix("-") && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    /// A folder on a host. Its shell does not expand it, so that `~` would be a folder of that name.
    package static let hostFolder = Field<String>.text(
        "a folder there, from the root or from the home folder, such as /var/tmp/gotorrent"
    ) { text in
        (1...1024).contains(text.utf8.count) && !text.hasPrefix("~")
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// A path, not yet looked up.
    package static let path = Field<String>.text("the path of a file") { !$0.isEmpty && !$0.utf8.contains(0) }

    private static let hour = Duration.seconds(3600)
    private static let day = Duration.seconds(86_400)

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(isWordByte)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
