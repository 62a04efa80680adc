import GossipCore
import HTTPText

extension TopologyDescription {
    /// What nobody said stays unsaid: in bulk it is the clock's to choose.
    private var cycleLine: String {
        if let fixedCycle { return "  cycle: \(DurationText.format(fixedCycle))" }
        return "  # cycle: as long as the lines need it, from \(DurationText.format(cycle)) on"
    }

    /// The topology as a file: every value written out, paths from the root.
    ///
    /// - Returns: YAML that parses to an equal description from wherever it lies.
    package func render() -> String {
        var lines = [
            "name: \(Self.quoted(name))",
            "security: \(security.rawValue)",
            "torrent:",
            "  file: \(Self.quoted(torrent.file))",
            "  chunk-size: \(ByteSize.format(torrent.chunkSize))",
            "gossip:",
            "  style: \(gossip.style.rawValue)",
            "  fanout: \(gossip.fanout)",
            cycleLine,
            "  chunk-selection: \(gossip.chunkSelection.rawValue)",
            "  separation: \(gossip.separation.rawValue)",
            "  peer-choice: \(gossip.peerChoice.rawValue)",
            "  exchange: \(gossip.exchange.rawValue)",
        ]
        lines += samplingLines
        lines += [
            "tracker:",
            "  host: \(Self.quoted(tracker.host))",
            "  port: \(tracker.port)",
            "  announce-interval: \(DurationText.format(tracker.announceInterval))",
            "  peer-timeout: \(DurationText.format(tracker.peerTimeout))",
            "  sample-size: \(tracker.sampleSize)",
            "  refresh-interval: \(DurationText.format(tracker.refreshInterval))",
            "run:",
            "  stall-timeout: \(stallTimeoutCycles)",
        ]
        if let metrics { lines.append("metrics: \(Self.quoted(metrics.description))") }
        lines.append("hosts:")
        for host in hosts {
            let ssh = host.ssh.map { ", ssh: \(Self.quoted($0))" } ?? ""
            let folder = host.folder.map { ", folder: \(Self.quoted($0))" } ?? ""
            lines.append("  \(Self.quoted(host.name)): {address: \(Self.quoted(host.address))\(ssh)\(folder)}")
        }
        lines.append("nodes:")
        for node in nodes {
            let port = node.port.map { ", port: \($0)" } ?? ""
            lines.append(
                "  \(Self.quoted(node.name)): {host: \(Self.quoted(node.host)), role: \(node.role.rawValue)\(port)}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Nothing where the tracker's answers are the peer set, as everywhere before there were views.
    private var samplingLines: [String] {
        guard let sizes = gossip.peerSampling.sizes else { return [] }
        return [
            "  peer-sampling: \(gossip.peerSampling.kind.rawValue)", "  view-size: \(sizes.view)",
            "  shuffle-length: \(sizes.shuffle)",
        ]
    }

    /// A text as YAML takes it, in quotes unless it is a plain word that nothing reads as anything else.
    static func quoted(_ text: String) -> String {
        let meanOtherThings: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        let isWord = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
        }
        let startsWithLetter = text.utf8.first.map { (0x61...0x7A).contains($0 | 0x20) } ?? false
        if isWord, startsWithLetter, !meanOtherThings.contains(text.lowercased()) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let hex = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\x" + (hex.count < 2 ? "0" : "") + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
