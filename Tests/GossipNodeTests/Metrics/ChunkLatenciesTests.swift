import GossipCore
import Metrics
import Testing

@testable import GossipNode

@Suite struct ChunkLatenciesTests {
    private let peer = PeerID(1)
    private let other = PeerID(2)
    private let token = MessageToken(0)

    private func at(_ milliseconds: UInt64) -> TimePoint { TimePoint(nanoseconds: milliseconds * 1_000_000) }

    private func pull(_ chunk: ChunkID, of peer: PeerID) -> PeerAction {
        .send(.pull(cycle: 1, chunk: chunk), to: peer)
    }

    private func reply(_ chunk: ChunkID, _ peer: PeerID) -> PeerEvent {
        .replyReceived(.chunk(cycle: 1, chunk: chunk), from: peer, token)
    }

    @Test func aPulledChunkTookFromTheQuestionToTheAnswer() {
        var latencies = ChunkLatencies()
        latencies.note(.cycleStarted(1), [pull(3, of: peer), pull(3, of: other), pull(4, of: peer)], at: at(0))
        latencies.note(reply(3, other), [], at: at(7))
        latencies.note(reply(3, peer), [], at: at(2_000))
        #expect(latencies.histogram.count == 2)
        #expect(latencies.histogram.sum == 2.007)
        #expect(latencies.histogram.counts[3] == 1)
        #expect(latencies.waitingCount == 1)
    }

    @Test func aWantedChunkLikewise() {
        var latencies = ChunkLatencies()
        latencies.note(.cycleStarted(1), [.ask(.want(cycle: 1, [1, 2, 3]), of: peer)], at: at(10))
        for chunk: ChunkID in 1...3 {
            latencies.note(.exchangeAnswered(.chunk(cycle: 1, chunk: chunk), from: peer, token), [], at: at(10 + 20))
        }
        #expect(latencies.histogram.count == 3)
        #expect(abs(latencies.histogram.sum - 0.06) < 1e-9)
        #expect(latencies.waitingCount == 0)
    }

    @Test func whatWasNotAskedForIsNotMeasured() {
        var latencies = ChunkLatencies()
        latencies.note(.requestReceived(.push(cycle: 1, chunk: 3), token), [], at: at(1))
        latencies.note(reply(3, peer), [], at: at(2))
        latencies.note(.cycleStarted(1), [pull(3, of: peer)], at: at(3))
        latencies.note(reply(3, other), [], at: at(4))
        latencies.note(reply(4, peer), [], at: at(5))
        #expect(latencies.histogram.count == 0)
        latencies.note(reply(3, peer), [], at: at(6))
        latencies.note(reply(3, peer), [], at: at(7))
        #expect(latencies.histogram.count == 1)
    }

    @Test func aRefusalEndsTheWait() {
        var latencies = ChunkLatencies()
        latencies.note(.cycleStarted(1), [pull(3, of: peer), pull(4, of: peer)], at: at(0))
        latencies.note(.cycleStarted(1), [.ask(.want(cycle: 1, [5]), of: peer)], at: at(0))
        latencies.note(.replyReceived(.none(cycle: 1, chunk: 3), from: peer, token), [], at: at(1))
        latencies.note(.replyReceived(.late(cycle: 1, chunk: 4), from: peer, token), [], at: at(1))
        latencies.note(.exchangeAnswered(.none(cycle: 1, chunk: 5), from: peer, token), [], at: at(1))
        #expect(latencies.waitingCount == 0)
        latencies.note(reply(3, peer), [], at: at(2))
        #expect(latencies.histogram.count == 0)
    }

    @Test func whoIsAskedAgainIsMeasuredFromThen() {
        var latencies = ChunkLatencies()
        latencies.note(.cycleStarted(1), [pull(3, of: peer)], at: at(0))
        latencies.note(.cycleStarted(2), [pull(3, of: peer)], at: at(1_000))
        latencies.note(reply(3, peer), [], at: at(1_001))
        #expect(latencies.histogram.sum == 0.001)
        #expect(latencies.waitingCount == 0)
    }

    @Test func whatIsNeverAnsweredIsForgotten() {
        var latencies = ChunkLatencies()
        for chunk in 0..<ChunkID(10 * ChunkLatencies.generationSize) {
            latencies.note(.cycleStarted(1), [pull(chunk, of: peer)], at: at(UInt64(chunk)))
        }
        #expect(latencies.waitingCount <= 2 * ChunkLatencies.generationSize)
        // The last ones are remembered.
        let last = ChunkID(10 * ChunkLatencies.generationSize - ChunkLatencies.generationSize)
        latencies.note(reply(last, peer), [], at: at(UInt64(last) + 5))
        #expect(latencies.histogram.sum == 0.005)
        latencies.note(reply(0, peer), [], at: at(100_000))
        #expect(latencies.histogram.count == 1)
    }
}
