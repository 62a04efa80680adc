import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct LinkArrivalsTests {
    private func at(_ time: UInt64) -> TimePoint { TimePoint(nanoseconds: time) }

    @Test func noMessageOvertakesAnotherOnItsLink() {
        var arrivals = LinkArrivals(nodes: 3)
        #expect(arrivals.ordered(at(9), from: 0, to: 1, now: at(1)) == at(9))
        #expect(arrivals.ordered(at(5), from: 0, to: 1, now: at(2)) == at(9))
        #expect(arrivals.ordered(at(5), from: 0, to: 2, now: at(2)) == at(5), "another receiver")
        #expect(arrivals.ordered(at(5), from: 1, to: 0, now: at(2)) == at(5), "another sender")
        #expect(arrivals.ordered(at(12), from: 0, to: 1, now: at(3)) == at(12))
        arrivals.forget(from: 0)
        #expect(arrivals.ordered(at(5), from: 0, to: 1, now: at(3)) == at(5))
    }

    /// As a table of all links would tell, in the space of those that are in use.
    @Test func onlyWhatIsOnItsWayIsKept() {
        let nodes = 50
        var generator = RandomGenerator(seed: 1)
        var arrivals = LinkArrivals(nodes: nodes)
        var table = [TimePoint](repeating: at(0), count: nodes * nodes)
        for step in 0..<20_000 {
            let now = at(UInt64(step) * 10)
            let (sender, receiver) = (generator.index(below: nodes), generator.index(below: nodes))
            let time = now + TimeSpan(nanoseconds: UInt64(generator.index(below: 200)))
            table[sender * nodes + receiver] = max(table[sender * nodes + receiver], time)
            let ordered = arrivals.ordered(time, from: sender, to: receiver, now: now)
            #expect(ordered == table[sender * nodes + receiver])
        }
        #expect(arrivals.count < 20 * nodes)
    }

    @Test func whatArrivesAtOnceTakesNoSpace() {
        var arrivals = LinkArrivals(nodes: 2)
        #expect(arrivals.ordered(at(4), from: 0, to: 1, now: at(4)) == at(4))
        #expect(arrivals.count == 0)
    }
}
