import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct OutboxTests {
    private func envelope(_ number: UInt32, to receiver: UInt32) -> Envelope {
        Envelope(from: PeerID(number), to: PeerID(receiver), content: .request(.pull(cycle: 1, chunk: number)))
    }

    @Test func eachShardGetsItsOwnInTheOrderOfSending() {
        var outbox = Outbox()
        let sent = [5, 0, 9, 1, 4, 8, 0].enumerated().map { envelope(UInt32($0.offset), to: $0.element) }
        outbox.fill(with: sent, shardSize: 4, shardCount: 3)
        #expect((0..<3).map { outbox.messages(to: $0).map(\.from.rawValue) } == [[1, 3, 6], [0, 4], [2, 5]])
        #expect(!outbox.isEmpty)
    }

    @Test func nothingSentIsNothingDelivered() {
        var outbox = Outbox()
        outbox.fill(with: [envelope(0, to: 0)], shardSize: 4, shardCount: 2)
        outbox.fill(with: [], shardSize: 4, shardCount: 2)
        #expect(outbox.isEmpty)
        #expect(outbox.messages(to: 1).isEmpty)
    }
}
