import GossipCore
import GossipWire

/// Turns what the bus says, and what it stops saying, into a list of what happened and when.
///
/// Nodes tell that they joined, completed, left, failed or stalled. That one was killed, frozen or cut off nobody tells:
/// it shows in the reports that do not come while the clock ticks. Where no tick comes either, it is the clock that is
/// silent, and nothing is said of the nodes, which may well go on.
///
/// Times are those of whoever records, so that a host whose clock is wrong spoils nothing. What a node says while the
/// bus is away comes when it is back, with the cycle in which it was said.
package struct SwarmHistory: Sendable {
    /// Silence is no news before this, nor before so many intervals: nodes report once in each.
    static let patience = TimeSpan.seconds(2)
    static let patienceIntervals: UInt64 = 5
    /// Nodes beyond these are not followed: anyone may publish under any name.
    static let mostNodes = 10_000
    /// Entries beyond these are not made, since strangers could fill the disk with them.
    static let mostEntries = 100_000

    struct Key: Hashable {
        let torrent: String
        let node: String
    }

    struct Follow {
        var heardAt: TimePoint
        /// The clock's ticks so far when it was heard.
        var heardAtTick: UInt64
        var report: ProgressReport?
        var isSilent = false
        var hasJoined = false
        /// Whether it joined since the report: the next one counts, whatever its cycle.
        var isNew = false
        var hasLeft = false
        var hasCompleted = false

        mutating func noteHeard(at now: TimePoint, tick: UInt64) {
            (heardAt, heardAtTick, isSilent) = (now, tick, false)
        }
    }

    private let start: TimePoint
    /// Those who are followed; nil for everyone.
    private let names: Set<String>?
    private var interval: TimeSpan?
    private var entryCount = 0
    var nodes: [Key: Follow] = [:]
    var cycle: Cycle = 0
    var tickCount: UInt64 = 0
    var lastTick: TimePoint?
    var isClockSilent = false
    /// When the clock was last found to be back: nodes are given time to find the bus again.
    var clockBack: TimePoint?

    /// - Parameters:
    ///   - names: of the nodes that count; nil for all that are heard.
    ///   - start: when the record begins.
    package init(names: Set<String>? = nil, start: TimePoint) {
        self.names = names
        self.start = start
    }

    /// Takes in what the bus said.
    /// - Returns: what is new by it, mostly nothing.
    package mutating func take(_ message: BusMessage, at now: TimePoint) -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        switch message {
        case .cycle(let tick): note(tick, at: now, &entries)
        case .progress(let report): note(report, at: now, &entries)
        case .event(let event): note(event, at: now, &entries)
        }
        return bounded(entries, at: now)
    }

    /// Looks for what is no longer said; to be called several times a second.
    /// - Returns: who fell silent since the last look.
    package mutating func look(at now: TimePoint) -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        guard let interval, let lastTick else { return entries }
        let patience = max(Self.patience, interval * Self.patienceIntervals)
        if !isClockSilent, now.since(lastTick) > patience {
            isClockSilent = true
            entries.append(
                entry(.clockSilent, of: "tracker", at: now, "no tick for \(Self.seconds(now.since(lastTick)))"))
        } else if !isClockSilent, now.since(max(clockBack ?? start, start)) > patience {
            noteSilentNodes(after: patience, at: now, &entries)
        }
        return bounded(entries, at: now)
    }

    /// An entry that whoever runs the swarm adds of its own.
    package func entry(
        _ kind: HistoryEntry.Kind, of node: String = "", at now: TimePoint, _ detail: String = "", torrent: String = ""
    ) -> HistoryEntry {
        HistoryEntry(
            cycle: cycle, time: now.since(start), node: node, kind: kind, detail: detail, torrent: torrent)
    }

    private mutating func note(_ tick: CycleTick, at now: TimePoint, _ entries: inout [HistoryEntry]) {
        if isClockSilent, let lastTick {
            entries.append(
                HistoryEntry(
                    cycle: tick.cycle, time: now.since(start), node: "tracker", kind: .clockBack,
                    detail: "after \(Self.seconds(now.since(lastTick))); the last tick was \(cycle)"))
            isClockSilent = false
            clockBack = now
        }
        cycle = tick.cycle
        interval = .milliseconds(tick.intervalMilliseconds)
        tickCount += 1
        lastTick = now
    }

    /// Whether a node counts; one that was never heard takes a place.
    func isFollowed(_ key: Key) -> Bool {
        guard names?.contains(key.node) ?? true else { return false }
        return nodes[key] != nil || nodes.count < Self.mostNodes
    }

    private mutating func bounded(_ entries: [HistoryEntry], at now: TimePoint) -> [HistoryEntry] {
        guard !entries.isEmpty, entryCount < Self.mostEntries else { return [] }
        let room = Self.mostEntries - entryCount
        entryCount += entries.count
        guard entries.count >= room else { return entries }
        let text = "what happens after this is not recorded"
        return entries.prefix(room - 1) + [entry(.full, at: now, text)]
    }

    static func seconds(_ span: TimeSpan) -> String {
        NumberText.fixed(Double(span.nanoseconds) / 1e9, 1) + " s"
    }
}
