import Testing
import ZeroMQ

@testable import GossipNode

@Suite struct SubscriptionLedgerTests {
    private static let links = (1...3).compactMap { LinkDescriptor(Int32($0)) }
    private var first: LinkDescriptor { Self.links[0] }
    private var second: LinkDescriptor { Self.links[1] }

    @Test func whoHasTooManyTopicsIsToldOnce() {
        var ledger = SubscriptionLedger(topicLimit: 3, byteLimit: 1_000)
        let excess = (1...5).map { _ in ledger.subscribe(first, size: 10) }
        #expect(excess.map { $0?.link } == [nil, nil, nil, first, nil])
        #expect(excess[3]?.reason == "it subscribed to 4 topics")
    }

    @Test func ofAllTogetherTheOneThatHasMostGoes() {
        var ledger = SubscriptionLedger(topicLimit: 100, byteLimit: 1_000)
        for _ in 1...6 { #expect(ledger.subscribe(first, size: 100) == nil) }
        for _ in 1...4 { #expect(ledger.subscribe(second, size: 100) == nil) }
        let excess = ledger.subscribe(second, size: 1)
        #expect(excess?.link == first && excess?.reason.contains("1001 bytes") == true)
        // There is room again for what the first had.
        for _ in 1...5 { #expect(ledger.subscribe(second, size: 100) == nil) }
        #expect(ledger.subscribe(Self.links[2], size: 100)?.link == second)
    }

    @Test func whatIsTakenBackDoesNotCount() {
        var ledger = SubscriptionLedger(topicLimit: 2, byteLimit: 100)
        for _ in 1...20 {
            #expect(ledger.subscribe(first, size: 40) == nil)
            #expect(ledger.subscribe(first, size: 60) == nil)
            ledger.unsubscribe(first, size: 60)
            ledger.unsubscribe(first, size: 40)
        }
        // What it never had cannot be taken back.
        ledger.unsubscribe(first, size: 1_000)
        ledger.unsubscribe(second, size: 10)
        #expect(ledger.subscribe(first, size: 101)?.link == first)
    }

    @Test func aLinkThatIsGoneHasNothing() {
        var ledger = SubscriptionLedger(topicLimit: 2, byteLimit: 100)
        for _ in 1...20 {
            #expect(ledger.subscribe(first, size: 50) == nil)
            #expect(ledger.subscribe(first, size: 50) == nil)
            ledger.remove(first)
        }
    }
}
