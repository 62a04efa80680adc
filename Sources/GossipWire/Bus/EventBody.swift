import GossipCore

/// `event` as JSON. Whose event it is stands in the topic; a stranger's node need not repeat it.
struct EventBody: Codable {
    let event: String
    let torrent: String?
    let node: String?
    let cycle: UInt64?
    let at: String?
    let reason: String?

    init(_ event: SwarmEvent) {
        self.event = event.kind.rawValue
        torrent = event.torrent
        node = event.node
        cycle = event.cycle
        at = event.at
        reason = event.reason
    }

    /// The event under its topic, `event.TORRENTHEX.NODE`; nil where the kind is none that we know, the cycle is out of
    /// bounds or the topic has another form.
    func swarmEvent(topic: String) -> SwarmEvent? {
        let parts = topic.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = SwarmEvent.Kind(rawValue: event),
            cycle ?? 0 <= CycleBody.greatestCycle
        else { return nil }
        let texts = [torrent ?? String(parts[1]), node ?? String(parts[2]), at ?? ""]
        guard texts.allSatisfy({ BusText.isSafe($0) }),
            BusText.isSafe(reason ?? "", size: BusText.greatestReasonSize)
        else { return nil }
        return SwarmEvent(
            kind: kind, torrent: torrent ?? String(parts[1]), node: node ?? String(parts[2]), cycle: cycle ?? 0,
            at: at ?? "", reason: reason)
    }
}
