import GossipCore

/// One plain line a cycle, for where no table can be redrawn.
package enum ProgressLine {
    /// A recorded cycle, with that cycle's counts.
    ///
    /// - Returns: Such as `cycle 3: average 64.4 %, 2 of 5 complete; sent 12, useful 5, redundant 1, missed 0`.
    package static func text(_ record: CycleRecord) -> String {
        text(
            cycle: record.cycle, percent: NumberText.percent(record.chunksHeld, of: record.chunksWanted),
            complete: record.completePeers, peers: record.peerCount, record.messages)
    }

    /// What a board shows, with the counts since each node's start.
    package static func text(_ board: SwarmBoard) -> String {
        let chunks = board.peerChunks
        return text(
            cycle: board.cycle, percent: NumberText.percent(chunks.held, of: chunks.wanted),
            complete: board.completePeers, peers: board.peers.count, board.messages) + " so far"
    }

    private static func text(
        cycle: Cycle, percent: String, complete: Int, peers: Int, _ messages: MessageCounts
    ) -> String {
        var text = "cycle \(cycle): average \(percent), \(complete) of \(peers) complete; "
        text += "sent \(messages.sent), useful \(messages.useful), redundant \(messages.redundant), "
        text += "missed \(messages.missed)"
        if messages.late > 0 { text += ", late \(messages.late)" }
        if messages.corrupt > 0 { text += ", corrupt \(messages.corrupt)" }
        return text
    }
}
