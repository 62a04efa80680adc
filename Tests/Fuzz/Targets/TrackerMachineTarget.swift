import GossipCore

/// The tracker's memory, compared with a slow model of itself, under bounds that are reached at once.
enum TrackerMachineTarget {
    private typealias Tracker = TrackerStateMachine<UInt8, UInt8>

    /// When each member of each torrent was last heard.
    private typealias Model = [UInt8: [UInt8: UInt64]]

    /// No time is later than this.
    private static let end: UInt64 = 1 << 62

    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        var configuration = TrackerConfiguration(cycleInterval: .milliseconds(1))
        configuration.peerTimeout = .milliseconds(9)
        configuration.memberLimit = 5
        configuration.totalMemberLimit = 8
        configuration.torrentLimit = 3
        var tracker = Tracker(configuration: configuration, generator: RandomGenerator(seed: 1))
        var model: Model = [:]
        var now: UInt64 = 0
        while !input.isAtEnd {
            let (step, torrent, member) = (input.below(8), UInt8(input.below(5)), UInt8(input.below(9)))
            switch step {
            case 0...2: try announce(member, torrent, now, &tracker, &model)
            case 3:
                tracker.leave(member, from: torrent)
                model[torrent]?[member] = nil
            case 4: try sample(torrent, now, &tracker, &model)
            case 5:
                let before = count(model)
                model = model.mapValues { live($0, now) }
                let removed = tracker.removeSilent(at: TimePoint(nanoseconds: now))
                try require(removed == before - count(model), "those are removed that were silent")
            case 6: now = min(now + UInt64(member) * 1_000_000, end)
            // For as long as a machine may be suspended, and longer.
            default: now = min(now + (input.number() >> 2), end)
            }
            model = model.filter { !$0.value.isEmpty }
            try require(tracker.torrentCount == model.count, "torrents without members are forgotten")
            try require(tracker.memberCount == count(model), "members are counted")
            for torrent in UInt8(0)..<5 {
                try require(tracker.memberCount(of: torrent) == model[torrent]?.count ?? 0, "of each torrent as well")
            }
        }
        return true
    }

    private static func announce(
        _ member: UInt8, _ torrent: UInt8, _ now: UInt64, _ tracker: inout Tracker, _ model: inout Model
    ) throws(FuzzFinding) {
        let members = model[torrent] ?? [:]
        let hasRoom = count(model) < 8 && members.count < 5 && (model[torrent] != nil || model.count < 3)
        let expected: Tracker.Announcement =
            members[member] != nil ? .heardAgain : hasRoom ? .joined : .overloaded
        let outcome = tracker.announce(member, to: torrent, at: TimePoint(nanoseconds: now))
        try require(outcome == expected, "an announcement comes to \(expected), not \(outcome)")
        if expected != .overloaded { model[torrent, default: [:]][member] = now }
    }

    private static func sample(
        _ torrent: UInt8, _ now: UInt64, _ tracker: inout Tracker, _ model: inout Model
    ) throws(FuzzFinding) {
        model[torrent] = live(model[torrent] ?? [:], now)
        let drawn = tracker.sample(of: torrent, at: TimePoint(nanoseconds: now))
        let members = Set((model[torrent] ?? [:]).keys)
        try require(drawn.count == min(3, members.count), "a sample is as large as it may be: \(drawn)")
        try require(Set(drawn).count == drawn.count && members.isSuperset(of: drawn), "a sample has live members, once")
    }

    /// A member is gone when it was silent for more than 10 ms here.
    private static func live(_ members: [UInt8: UInt64], _ now: UInt64) -> [UInt8: UInt64] {
        members.filter { now - $0.value <= 10_000_000 }
    }

    private static func count(_ model: Model) -> Int { model.values.reduce(0) { $0 + $1.count } }
}
