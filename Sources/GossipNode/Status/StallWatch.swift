import GossipCore

/// Notices that no new chunk has come for long, and that one has again.
struct StallWatch: Equatable {
    /// No silence shorter than this is a stall, nor one shorter than so many cycles.
    private static let patience = TimeSpan.seconds(5)
    private static let patienceCycles: UInt64 = 10

    private var progress = -1
    private var since = TimePoint(nanoseconds: 0)
    /// The reason that was found last; nil while chunks come.
    private(set) var reason: StallReason?

    /// Takes a look.
    /// - Parameters:
    ///   - progress: grows with every new chunk.
    ///   - interval: Δ.
    ///   - find: finds out the reason, where one is needed.
    /// - Returns: whether the stall, or its reason, is new and worth a line in the log.
    mutating func look(
        _ progress: Int, interval: TimeSpan, at now: TimePoint, _ find: () -> StallReason
    ) -> Bool {
        if progress != self.progress {
            self.progress = progress
            since = now
            reason = nil
            return false
        }
        guard now.since(since) >= max(Self.patience, interval * Self.patienceCycles) else { return false }
        let found = find()
        // Numbers change all the time; a line says it once while the reason is of one kind.
        let isNew = reason.map { !$0.isAlike(found) } ?? true
        reason = found
        return isNew
    }
}

extension StallReason {
    /// Whether two reasons are one, though their numbers differ.
    func isAlike(_ other: StallReason) -> Bool {
        switch (self, other) {
        case (.disk, .disk), (.downloadLimit, .downloadLimit), (.trackerUnreachable, .trackerUnreachable),
            (.nobodyAnnounced, .nobodyAnnounced), (.clockNotStarted, .clockNotStarted), (.peersSilent, .peersSilent),
            (.nobodyHolds, .nobodyHolds), (.nothingSent, .nothingSent), (.nothingNew, .nothingNew):
            true
        default: false
        }
    }
}
