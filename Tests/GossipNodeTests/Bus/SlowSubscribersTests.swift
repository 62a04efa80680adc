import Testing
import ZeroMQ

@testable import GossipNode

@Suite struct SlowSubscribersTests {
    private static let links = (1...3).compactMap { LinkDescriptor(Int32($0)) }
    private let all = links
    private var first: LinkDescriptor { all[0] }

    @Test func whoStaysBehindWhileTheLimitPassesIsCut() {
        var slow = SlowSubscribers(limit: 800)
        var cut: [[LinkDescriptor]] = []
        for _ in 1...10 {
            _ = slow.pass(100)
            cut.append(slow.look(at: all) { $0 == first })
        }
        // Seen behind after 100 bytes, it is 800 bytes behind after 900.
        #expect(cut.map(\.count) == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1] && cut[8] == [first])
    }

    @Test func whoCatchesUpBeginsAnew() {
        var slow = SlowSubscribers(limit: 800)
        for round in 1...40 {
            _ = slow.pass(100)
            let cut = slow.look(at: all) { $0 == first && round % 8 != 0 }
            #expect(cut == [])
        }
    }

    @Test func aLinkWithTheNumberOfAnotherBeginsAnew() {
        var slow = SlowSubscribers(limit: 800)
        for _ in 1...8 {
            _ = slow.pass(100)
            let cut = slow.look(at: all) { _ in true }
            #expect(cut == [])
        }
        slow.remove(first)
        _ = slow.pass(100)
        let cut = slow.look(at: all) { _ in true }
        #expect(Set(cut) == Set(all.dropFirst()))
    }

    @Test func aLookIsDueOncePerEighthHoweverLargeMessagesAre() {
        var slow = SlowSubscribers(limit: 800)
        let isDue = [5_000, 99, 1, 99].map { slow.pass($0) }
        #expect(isDue == [true, false, true, false])
    }
}
