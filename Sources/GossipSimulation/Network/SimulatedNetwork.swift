import GossipCore

/// Decides when a message arrives: never, once or twice.
///
/// Messages on one link keep their order, as TCP's do, but for those that `reorderingPermille` draws. A node sends one
/// message after the other at its uplink's rate, and receives at its downlink's; what would wait for longer than
/// `longestQueue` is lost, as at a socket's high-water mark.
struct SimulatedNetwork {
    private struct LinkEnd: Hashable {
        let receiver: Int
        let link: UInt64
    }

    private static let longestQueue = TimeSpan.seconds(10)

    var conditions: NetworkConditions
    private(set) var paces: [NodePace]
    /// Which side of a partition each node is on; all 0 where there is none.
    private(set) var sides: [UInt8]
    private(set) var lostCount: UInt64 = 0
    private var generator: RandomGenerator
    private var uplinkFree: [TimePoint]
    private var downlinkFree: [TimePoint]
    /// When the last large message of each link was there, where that is still to come.
    private var lastReceptions: [LinkEnd: TimePoint] = [:]
    /// When the last message of each link arrives, where that is still to come.
    private var lastArrivals: LinkArrivals

    init(nodes: Int, conditions: NetworkConditions, pace: NodePace = NodePace(), generator: RandomGenerator) {
        let start = TimePoint(nanoseconds: 0)
        self.conditions = conditions
        self.generator = generator
        paces = Array(repeating: pace, count: nodes)
        sides = Array(repeating: 0, count: nodes)
        uplinkFree = Array(repeating: start, count: nodes)
        downlinkFree = Array(repeating: start, count: nodes)
        lastArrivals = LinkArrivals(nodes: nodes)
    }

    mutating func split(_ sides: [UInt8]) {
        precondition(sides.count == self.sides.count, "every node is on a side")
        self.sides = sides
    }

    mutating func heal() {
        for node in sides.indices { sides[node] = 0 }
    }

    /// Changes how fast a node is; what it sends from now on does not wait for what it sent before.
    mutating func setPace(_ pace: NodePace, of node: Int, at now: TimePoint) {
        paces[node] = pace
        uplinkFree[node] = min(uplinkFree[node], now)
        downlinkFree[node] = min(downlinkFree[node], now)
        lastArrivals.forget(from: node)
    }

    func isConnected(_ node: Int, _ other: Int) -> Bool { sides[node] == sides[other] }

    /// The moments at which the copies of a message reach the receiver's downlink.
    /// - Parameter isControl: whether it carries no chunk. Such messages go between the segments of chunks, as on links
    ///   that share a line fairly; on one link they keep their place.
    mutating func arrivals(
        from sender: Int, to receiver: Int, bytes: Int, isControl: Bool = false, at now: TimePoint
    ) -> (first: TimePoint?, second: TimePoint?) {
        let start = isControl ? now : max(now, uplinkFree[sender])
        guard start.since(now) <= Self.longestQueue else {
            lostCount += 1
            return (nil, nil)
        }
        let sent = start + sendingTime(of: bytes, from: sender)
        if !isControl { uplinkFree[sender] = sent }
        guard isConnected(sender, receiver), !draw(conditions.lossPermille) else {
            lostCount += 1
            return (nil, nil)
        }
        let first = arrival(from: sender, to: receiver, sent: sent, now: now)
        let isTwofold = draw(conditions.duplicationPermille)
        return (first, isTwofold ? arrival(from: sender, to: receiver, sent: sent, now: now) : nil)
    }

    /// What a message takes on a node's uplink.
    func sendingTime(of bytes: Int, from node: Int) -> TimeSpan {
        NodePace.transferTime(of: bytes, at: paces[node].uplinkBytesPerSecond)
    }

    /// When everything that a node has sent has left its uplink.
    func uplinkEnd(of node: Int, at now: TimePoint) -> TimePoint { max(now, uplinkFree[node]) }

    /// When a message that reaches the downlink now is there and taken up.
    ///
    /// - Parameters:
    ///   - isControl: whether it carries no chunk, and does not wait for chunks on other links.
    ///   - sending: what the uplink took. A chunk streams through both lines at once, so that where both are free it takes
    ///     the longer of their times, not the sum.
    mutating func receptionEnd(
        at receiver: Int, link: UInt64 = 0, bytes: Int, isControl: Bool = false,
        sending: TimeSpan = TimeSpan(nanoseconds: 0), now: TimePoint
    ) -> TimePoint {
        let pace = paces[receiver]
        guard let rate = pace.downlinkBytesPerSecond else { return now + pace.processing }
        let time = NodePace.transferTime(of: bytes, at: rate)
        let key = LinkEnd(receiver: receiver, link: link)
        if isControl {
            return max(now, lastReceptions[key] ?? now) + time + pace.processing
        }
        let begun = TimePoint(nanoseconds: now.nanoseconds - min(now.nanoseconds, sending.nanoseconds))
        let end = max(now, max(begun, downlinkFree[receiver]) + time)
        downlinkFree[receiver] = end
        if lastReceptions.count == lastReceptions.capacity {
            lastReceptions = lastReceptions.filter { $0.value > now }
        }
        lastReceptions[key] = end
        return end + pace.processing
    }

    /// When a small message to or from the tracker arrives; nil where it is lost.
    mutating func controlArrival(of node: Int, at now: TimePoint) -> TimePoint? {
        // The tracker is on side 0.
        guard sides[node] == 0, !(conditions.losesControl && draw(conditions.lossPermille)) else {
            lostCount += 1
            return nil
        }
        return now + conditions.delay + drawSpan(upTo: conditions.jitter)
    }

    mutating func drawSpan(upTo limit: TimeSpan) -> TimeSpan {
        guard limit.nanoseconds > 0 else { return limit }
        return TimeSpan(nanoseconds: UInt64(generator.index(below: Int(clamping: limit.nanoseconds) &+ 1)))
    }

    mutating func draw(_ permille: Int) -> Bool {
        permille > 0 && generator.index(below: 1_000) < permille
    }

    private mutating func arrival(
        from sender: Int, to receiver: Int, sent: TimePoint, now: TimePoint
    ) -> TimePoint {
        let arrival = sent + conditions.delay + drawSpan(upTo: conditions.jitter)
        if draw(conditions.reorderingPermille) { return arrival + drawSpan(upTo: conditions.reorderingDelay) }
        return lastArrivals.ordered(arrival, from: sender, to: receiver, now: now)
    }
}
