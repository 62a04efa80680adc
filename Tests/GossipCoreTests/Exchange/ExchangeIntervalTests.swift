import Testing

@testable import GossipCore

/// What the bounds of the exchange are in cycles of one length and another.
@Suite struct ExchangeIntervalTests {
    private static func timed(_ parameters: inout ExchangeParameters) {
        (parameters.windowTime, parameters.patience) = (.milliseconds(100), .seconds(5))
    }

    private func parameters(at interval: UInt64) -> ExchangeParameters {
        var parameters = ExchangeParameters()
        Self.timed(&parameters)
        return parameters.adjusted(to: .milliseconds(interval))
    }

    @Test(arguments: [
        (interval: UInt64(10), window: 10, percent: 150, patience: Cycle(503), stall: 10),
        (30, 3, 166, 169, 3), (100, 1, 150, 53, 1), (1_000, 1, 15, 30, 1), (10_000, 1, 1, 30, 1),
    ])
    func theyFollowTheCycle(interval: UInt64, window: Int, percent: Int, patience: Cycle, stall: Int) {
        let parameters = parameters(at: interval)
        #expect(parameters.windowCycles == window && parameters.windowPercent == percent)
        #expect(parameters.patienceCycles == patience)
        #expect(parameters.stallCycles(.milliseconds(interval)) == stall)
        #expect(parameters.silenceCycles(.milliseconds(interval)) == 5_000 / interval + 3)
    }

    @Test(arguments: [UInt64(0), 1, .max]) func noLengthIsTooMuch(nanoseconds: UInt64) {
        var parameters = ExchangeParameters()
        Self.timed(&parameters)
        parameters.windowTime = TimeSpan(nanoseconds: .max)
        let adjusted = parameters.adjusted(to: TimeSpan(nanoseconds: nanoseconds))
        #expect((1...1_000).contains(adjusted.windowCycles) && adjusted.windowPercent >= 1)
    }

    @Test func whatHasNoTimeStaysAsItIs() {
        #expect(ExchangeParameters().adjusted(to: .milliseconds(10)) == ExchangeParameters())
        #expect(ExchangeParameters().silenceCycles(.milliseconds(10)) == nil)
        #expect(ExchangeParameters().stallCycles(.milliseconds(10)) == 1)
    }

    /// The first cycle in which a partner is given up that answers no more after cycle 1, or never did.
    private func givenUp(intervals: [Cycle: UInt64], hasSpoken: Bool = true) -> Cycle? {
        let peer = ExchangingPeer("..", fanout: 1, peers: [9], adjust: Self.timed)
        for cycle in Cycle(1)...600 {
            if let interval = intervals[cycle] { peer.told(.milliseconds(interval)) }
            if peer.tick(cycle).contains("drop link to p9") { return cycle }
            if cycle == 1, hasSpoken {
                _ = peer.answered(.opened(cycle: 1, whole(".."), known: nil, queued: []), from: 9)
            }
        }
        return nil
    }

    /// Five seconds, and three cycles; the mark of a cycle is set at the next tick.
    @Test(arguments: [(UInt64(10), Cycle(505)), (100, 55), (1_000, 10), (10_000, 5)])
    func aSilentPartnerIsWaitedForInTime(interval: UInt64, cycle: Cycle) {
        #expect(givenUp(intervals: [1: interval]) == cycle)
    }

    /// Two seconds, and three cycles.
    @Test(arguments: [(UInt64(10), Cycle(203)), (100, 23), (1_000, 5), (10_000, 4)])
    func whoNeverSaidAWordIsWaitedForLess(interval: UInt64, cycle: Cycle) {
        #expect(givenUp(intervals: [1: interval], hasSpoken: false) == cycle)
    }

    @Test func aCycleThatBecomesLongerOrShorterCounts() {
        #expect(givenUp(intervals: [:], hasSpoken: false) == 4, "nobody told, and three marks are the rule")
        #expect(givenUp(intervals: [1: 100, 20: 1_000]) == 21, "the marks are more than enough by then")
        #expect(givenUp(intervals: [1: 1_000, 5: 100]) == 55)
    }

    private func source(_ interval: UInt64) -> ExchangingPeer {
        let peer = ExchangingPeer("xx.") {
            Self.timed(&$0)
            $0.uploadSlots = 1
        }
        peer.told(.milliseconds(interval))
        _ = peer.tick(1)
        return peer
    }

    /// A link may well take nothing in a cycle of 10 ms.
    @Test(arguments: [(UInt64(100), Cycle(3)), (10, 12)])
    func aLinkIsStalledAfterATenthOfASecond(interval: UInt64, cycle: Cycle) {
        let peer = source(interval)
        _ = peer.asked(.open(cycle: 1, whole("..."), known: nil), by: 1)
        #expect(peer.asked(.want(cycle: 1, [0]), by: 1) == ["answer chunk 1/0 to r1"])
        for tick in 2..<cycle { _ = peer.tick(tick) }
        #expect(peer.asked(.open(cycle: cycle - 1, whole("..."), known: nil), by: 2).count == 1, "no place yet")
        #expect(peer.tick(cycle).isEmpty)
        let lines = peer.asked(.open(cycle: cycle, whole("..."), known: nil), by: 2)
        #expect(lines.last == "answer grant \(cycle) 1 suggests [] to r2")
    }

    @Test func theUsualDelayIsOfSoMuchTime() {
        var exchange = Exchange(ExchangeParameters(), held: ChunkSet("..."), epoch: 1)
        func follow(_ interval: UInt64) {
            exchange.noteInterval(.milliseconds(interval))
            exchange.followInterval()
        }
        exchange.sources = [Source(peer: 1, chunkCount: 3)]
        exchange.sources[0].usualDelay = 3
        follow(1_000)
        #expect(exchange.sources[0].usualDelay == 3, "it was counted in cycles of this length")
        follow(100)
        #expect(exchange.sources[0].usualDelay == 30)
        follow(400)
        #expect(exchange.sources[0].usualDelay == 8)
    }

    /// What was counted in cycles of the old length says nothing of the new.
    @Test func theWindowIsMeasuredAnew() {
        var window = UploadWindow(parameters(at: 10))
        for _ in 0..<3 { window.noteServed() }
        window.closeCycle(slotsInUse: 4, parameters(at: 10))
        window.measureAnew()
        let cleared = window
        #expect(cleared == UploadWindow(parameters(at: 10)))
    }
}
