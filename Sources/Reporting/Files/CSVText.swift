import GossipCore

/// The record files as text, RFC 4180 with plain line ends.
package enum CSVText {
    package static let cyclesHeader = "cycle,average_fraction,complete_peers,sent,useful,redundant,missed,late\n"
    package static let nodesHeader = "cycle,node,role,chunks_held,fraction,sent,useful,redundant,missed,late\n"
    package static let linksHeader = "cycle,from,to,messages\n"
    package static let eventsHeader = "cycle,seconds,node,event,detail,torrent\n"

    /// A cycle's row of `cycles.csv`.
    package static func row(_ record: CycleRecord) -> String {
        let fraction = NumberText.share(record.chunksHeld, of: record.chunksWanted)
        return "\(record.cycle),\(fraction),\(record.completePeers),\(counts(record.messages))\n"
    }

    /// A cycle's rows of `nodes.csv`, one a node.
    package static func nodeRows(_ record: CycleRecord) -> String {
        var rows = ""
        for node in record.nodes {
            let fraction = NumberText.share(UInt64(node.chunksHeld), of: UInt64(record.chunkCount))
            rows += "\(record.cycle),\(quoted(node.node.name)),\(node.node.role.rawValue),\(node.chunksHeld),"
            rows += "\(fraction),\(counts(node.messages))\n"
        }
        return rows
    }

    /// A cycle's rows of `links.csv`, one for each pair of nodes of which the first sent to the second.
    package static func linkRows(_ record: CycleRecord) -> String {
        var rows = ""
        for node in record.nodes {
            for link in node.links {
                rows += "\(record.cycle),\(quoted(node.node.name)),\(quoted(link.to)),\(link.messages)\n"
            }
        }
        return rows
    }

    /// A row of `events.csv`.
    package static func row(_ entry: HistoryEntry) -> String {
        let seconds = NumberText.fixed(Double(entry.time.nanoseconds) / 1e9, 3)
        return "\(entry.cycle),\(seconds),\(quoted(entry.node)),\(entry.kind.rawValue),\(quoted(entry.detail)),"
            + "\(quoted(entry.torrent))\n"
    }

    private static func counts(_ messages: MessageCounts) -> String {
        "\(messages.sent),\(messages.useful),\(messages.redundant),\(messages.missed),\(messages.late)"
    }

    /// Topologies allow no name that needs it; another source of names might.
    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
