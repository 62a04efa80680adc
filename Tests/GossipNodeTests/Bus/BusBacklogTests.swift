import GossipCore
import GossipWire
import Testing

@testable import GossipNode

@Suite struct BusBacklogTests {
    private static func report(_ cycle: Int) -> BusMessage { BusTests.progress(cycle: Cycle(cycle)) }

    private static func event(_ cycle: Int) -> BusMessage {
        .event(SwarmEvent(kind: .stalled, torrent: "00ff", node: "a", cycle: Cycle(cycle), at: ""))
    }

    @Test func theOldestReportMakesRoom() {
        var backlog = BusBacklog()
        backlog.add(Self.event(0))
        for cycle in 1...200 {
            backlog.add(Self.report(cycle))
            if cycle == 100 { backlog.add(Self.event(100)) }
        }
        let kept = [Self.event(0)] + [Self.event(100)] + (139...200).map(Self.report)
        #expect(kept.count == BusBacklog.limit)
        #expect(backlog.removeAll() == kept)
        #expect(backlog.removeAll() == [])
    }

    @Test func ofEventsAloneTheOldestGoes() {
        var backlog = BusBacklog()
        for cycle in 1...100 { backlog.add(Self.event(cycle)) }
        #expect(backlog.messages == (37...100).map(Self.event))
    }
}
