import GossipCore
import Testing

@testable import GossipSimulation

/// What keeps views and shuffles in order is broken on purpose, and its checker sees it.
@Suite struct ViewSabotageTests {
    private func broken(_ change: @escaping (inout HandledEvent) -> Void) -> Invariant? {
        var settings = SwarmSettings(classic(), seed: 3)
        settings.gossip.peerSampling = .cyclon(viewSize: 4, shuffleLength: 2)
        let swarm = SimulatedSwarm(settings)
        swarm.world.sabotage = Sabotage(outcome: { handled, _ in change(&handled) })
        swarm.start()
        swarm.run(until: TimePoint(nanoseconds: 30_000_000_000))
        return swarm.world.violation?.invariant
    }

    /// Changes what the shuffles that are sent carry.
    private func shuffles(_ change: @escaping ([ViewEntry]) -> [ViewEntry]) -> (inout HandledEvent) -> Void {
        { handled in
            handled.actions = handled.actions.map { action in
                guard case .send(.shuffle(let cycle, let entries), let peer) = action else { return action }
                return .send(.shuffle(cycle: cycle, entries: change(entries)), to: peer)
            }
        }
    }

    @Test func nothingIsSeenWhereNothingIsBroken() {
        #expect(broken { _ in } == nil)
    }

    @Test func aShuffleWithoutItsSender() {
        #expect(broken(shuffles { Array($0.dropFirst()) }) == .views)
    }

    @Test func aShuffleThatIsTooLong() {
        #expect(broken(shuffles { $0 + [ViewEntry(PeerID(700)), ViewEntry(PeerID(701))] }) == .views)
    }

    @Test func aShuffleThatNamesAPeerTwice() {
        #expect(broken(shuffles { [$0[0], $0[0]] }) == .views)
    }

    @Test func aViewThatIsNotWhatItMustBe() {
        var view = PartialView(capacity: 8)
        _ = view.merge((1...5).map { ViewEntry(PeerID($0)) }, own: PeerID(0), replacing: [])
        let known = PeerSet(view.entries.map(\.peer))
        func faults(_ viewSize: UInt16, _ peers: PeerSet, _ view: PartialView?) -> [Invariant] {
            var found: [Invariant] = []
            let handled = HandledEvent(event: .messageRefused, actions: [], counts: MessageCounts(), cycle: 1)
            ViewChecker(.cyclon(viewSize: viewSize, shuffleLength: 1))
                .check(handled, peers: peers, view: view) { invariant, _ in found.append(invariant) }
            return found
        }
        #expect(faults(5, known, view) == [])
        #expect(faults(4, known, view) == [.views], "too many")
        #expect(faults(5, PeerSet([PeerID(1)]), view) == [.views], "the peer set is another")
        #expect(faults(5, known, nil) == [.views])
        _ = view.merge([ViewEntry(PeerID(0))], own: PeerID(9), replacing: [])
        #expect(faults(6, PeerSet(view.entries.map(\.peer)), view) == [.views], "itself")
    }

    @Test func goingAheadByANeighboursWordWhileTheClockIsHeard() {
        var checker = CycleChecker()
        checker.interval = .seconds(1)
        func begin(_ cycle: Cycle) -> Bool {
            var isRight = true
            let handled = HandledEvent(
                event: .cycleStarted(cycle), actions: [], counts: MessageCounts(), cycle: cycle)
            checker.check(handled) { _, _ in isRight = false }
            return isRight
        }
        func at(_ seconds: UInt64) -> TimePoint { TimePoint(nanoseconds: seconds * 1_000_000_000) }
        let ahead = CycleReading(cycle: 9, elapsed: .milliseconds(0), interval: .seconds(1))
        checker.tickHeard(5, at: at(10))
        #expect(begin(5))
        checker.neighbourHeard(ahead, at: at(11))
        #expect(!begin(9))
        checker.tickHeard(10, at: at(20))
        #expect(begin(10))
        checker.neighbourHeard(CycleReading(cycle: 14, elapsed: .milliseconds(0), interval: .seconds(1)), at: at(23))
        #expect(begin(14))
    }

    @Test(arguments: [(false, 25), (true, 6)] as [(Bool, Cycle)])
    func aTickThatWasDueLongAgoBeginsNothing(isSabotaged: Bool, begun: Cycle) {
        var checker = CycleChecker()
        checker.interval = .seconds(1)
        var isRight = true
        func begin(_ cycle: Cycle) {
            let handled = HandledEvent(
                event: .cycleStarted(cycle), actions: [], counts: MessageCounts(), cycle: cycle)
            checker.check(handled) { _, _ in isRight = false }
        }
        checker.tickHeard(5, at: TimePoint(nanoseconds: 0))
        begin(5)
        // Twenty seconds were slept through: the cycle is that of the clock by now, and not that of the tick.
        checker.tickHeard(6, at: TimePoint(nanoseconds: 20_000_000_000))
        begin(begun)
        #expect(isRight == !isSabotaged)
    }
}
