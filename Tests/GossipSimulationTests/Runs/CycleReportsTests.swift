import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct CycleReportsTests {
    private func counts(sent: UInt64) -> MessageCounts {
        var counts = MessageCounts()
        counts.sent = sent
        return counts
    }

    @Test func peersAreSummedByCycleAndCyclesThatWereSkippedStayAsTheyWere() {
        let reports = CycleReports(nodes: 3, seeds: 1)
        reports.add(0, 0, held: 9, counts(sent: 2))
        reports.add(1, 0, held: 0, counts(sent: 0))
        reports.add(2, 0, held: 1, counts(sent: 1))
        reports.add(1, 1, held: 2, counts(sent: 3))
        reports.add(2, 3, held: 3, counts(sent: 5))
        reports.close(1, held: 7, counts: counts(sent: 10), cycle: 3)
        #expect(reports.held == [1, 3, 3, 10])
        #expect(reports.messages.map(\.sent) == [3, 3, 0, 11])
    }

    @Test func aCycleIsToldOnce() {
        let reports = CycleReports(nodes: 1, seeds: 0)
        reports.add(0, 0, held: 1, counts(sent: 0))
        reports.close(0, held: 1, counts: MessageCounts(), cycle: 0)
        #expect(reports.held == [1])
    }
}
