import Testing

@testable import GossipCore

/// The selection `coded`, one transition a line.
@Suite struct CodedPeerTests {
    private func peer(
        _ held: String, _ style: GossipStyle = .pushPull, separation: Separation = .strict, fanout: Int = 1,
        peers: [PeerID] = [7]
    ) -> TestPeer {
        TestPeer(held, style, fanout: fanout, selection: .coded, separation: separation, peers: peers)
    }

    private func vector(_ coefficients: UInt8...) -> CodedVector { CodedVector(coefficients) }

    private func receive(
        _ vector: CodedVector, in cycle: Cycle, _ token: MessageToken, at peer: inout TestPeer
    ) -> [PeerAction] {
        peer.machine.handle(.requestReceived(.coded(cycle: cycle, vector), token))
    }

    /// The combinations that a tick sends.
    private func sent(_ actions: [PeerAction]) -> [CodedVector] {
        actions.compactMap {
            guard case .send(.coded(_, let vector), _) = $0 else { return nil }
            return vector
        }
    }

    @Test func aSeedPushesCombinationsAndPullsNothing() {
        var seed = peer("xxx")
        let actions = seed.tick(1)
        #expect(actions.count == 1 && sent(actions).first?.coefficients.count == 3)
        #expect(seed.counts.sent == 1)
        #expect(seed.machine.strategy == nil)
    }

    @Test func whoHasNothingOnlyPulls() {
        var peer = peer("...")
        let report = PeerAction.reportCodedProgress(cycle: 0, rank: 0, MessageCounts())
        #expect(peer.tick(1) == [report, .send(.pullCoded(cycle: 1), to: 7)])
    }

    @Test func eachPartnerGetsADrawOfItsOwn() {
        var seed = peer("xxxx", .push, fanout: 2, peers: [7, 8])
        let vectors = (1...20).flatMap { sent(seed.tick(Cycle($0))) }
        #expect(vectors.count == 40 && Set(vectors).count == 40)
    }

    @Test func anInnovativePacketIsUsefulAndAnyOtherRedundant() {
        var peer = peer("...")
        peer.tick(1)
        #expect(receive(vector(1, 2, 3), in: 1, 1, at: &peer) == [.storeCoded(vector(1, 2, 3), 1), .release(1)])
        #expect(receive(vector(2, 4, 6), in: 1, 2, at: &peer) == [.release(2)])
        #expect([peer.counts.useful, peer.counts.redundant] == [1, 1])
        #expect(peer.machine.progressCount == 1 && peer.machine.verifiedCount == 0)
        #expect(!peer.machine.isComplete)
    }

    /// What came in a cycle is combined in the next one, not before.
    @Test func nothingLeavesInTheCycleInWhichItCame() {
        var peer = peer("...", .push)
        peer.tick(1)
        _ = receive(vector(1, 2, 3), in: 1, 1, at: &peer)
        let early = peer.machine.handle(.requestReceived(.pullCoded(cycle: 1), 2))
        #expect(early == [.reply(PeerReply.none(cycle: 1, chunk: 0), to: 2), .release(2)])
        var line = CodedBasis(dimension: 3)
        _ = line.insert(vector(1, 2, 3))
        let pushed = sent(peer.tick(2))
        #expect(pushed.count == 1 && pushed.allSatisfy { line.contains($0) })
        _ = receive(vector(0, 0, 1), in: 2, 3, at: &peer)
        for token in MessageToken(4).rawValue...40 {
            guard
                case .reply(.coded(2, let answer), _) = peer.machine.handle(
                    .requestReceived(.pullCoded(cycle: 2), MessageToken(token))
                ).first
            else {
                Issue.record("a pull is answered by what was held")
                return
            }
            #expect(line.contains(answer))
        }
    }

    /// The packet that completes the rank is counted when its fate is known.
    @Test func whatIsDecodedIsStoredAndTheNodeIsComplete() {
        var peer = peer("..")
        peer.tick(1)
        _ = receive(vector(1, 1), in: 1, 1, at: &peer)
        #expect(receive(vector(1, 2), in: 1, 2, at: &peer) == [.storeCoded(vector(1, 2), 2), .decode(2)])
        #expect(peer.counts.useful == 1 && !peer.machine.isComplete)
        #expect(
            peer.machine.handle(.decoded(2, isValid: true)) == [.storeDecoded, .reportCompletion(1), .release(2)])
        #expect(peer.counts.useful == 2 && peer.machine.isComplete)
        #expect(receive(vector(3, 1), in: 1, 3, at: &peer) == [.release(3)])
        #expect(peer.counts.redundant == 1)
        let tick = peer.tick(2)
        #expect(peer.progress?.held.art == "xx")
        #expect(tick.count == 1 && sent(tick).count == 1, "it pushes and pulls no more")
        #expect(peer.machine.strategy?.value.coding == nil)
    }

    /// Somebody sent a packet whose bytes are not what its vector says; nobody can tell which.
    @Test func wherePollutionShowsEverythingIsThrownAway() {
        var peer = peer("x..")
        peer.tick(1)
        _ = receive(vector(0, 1, 1), in: 1, 1, at: &peer)
        peer.tick(2)
        _ = receive(vector(0, 1, 2), in: 2, 2, at: &peer)
        #expect(peer.machine.handle(.decoded(2, isValid: false)) == [.discardCoded, .release(2)])
        #expect([peer.counts.useful, peer.counts.corrupt] == [1, 1])
        #expect(peer.machine.progressCount == 1, "the chunk that is verified stays")
        #expect(!peer.machine.isComplete)
        #expect(
            peer.machine.handle(.requestReceived(.pullCoded(cycle: 2), 3)).first.map {
                guard case .reply(.coded(2, let vector), 3) = $0 else { return false }
                return vector.coefficients[1...] == [0, 0]
            } == true, "not even in this cycle is anything sent of what may be wrong")
        #expect(receive(vector(0, 1, 1), in: 2, 4, at: &peer).first == .storeCoded(vector(0, 1, 1), 4))
    }

    @Test func verifiedChunksCountFromTheStart() {
        var peer = peer(".x.")
        #expect(peer.machine.progressCount == 1)
        peer.tick(1)
        #expect(receive(vector(0, 9, 0), in: 1, 1, at: &peer) == [.release(1)])
        #expect(peer.counts.redundant == 1)
        _ = receive(vector(1, 9, 0), in: 1, 2, at: &peer)
        _ = receive(vector(1, 0, 1), in: 1, 3, at: &peer)
        _ = peer.machine.handle(.decoded(3, isValid: true))
        #expect(peer.machine.isComplete && peer.machine.verifiedCount == 3)
    }

    @Test func anAnswerIsTakenOnceAndOnlyWhereItWasAskedFor() {
        var peer = peer("..", .pull)
        peer.tick(1)
        #expect(
            peer.reply(.coded(cycle: 1, vector(1, 0)), from: 7, 1) == [.storeCoded(vector(1, 0), 1), .release(1)])
        #expect(peer.reply(.coded(cycle: 1, vector(0, 1)), from: 7, 2) == [.release(2)])
        #expect(peer.reply(.coded(cycle: 1, vector(0, 1)), from: 8, 3) == [.release(3)])
        #expect([peer.counts.useful, peer.counts.refused] == [1, 2])
        peer.tick(2)
        peer.reply(PeerReply.none(cycle: 2, chunk: 0), from: 7, 4)
        #expect(peer.counts.missed == 1)
        peer.tick(3)
        peer.undelivered(.pullCoded(cycle: 3), to: 7)
        peer.undelivered(.coded(cycle: 3, vector(1, 0)), to: 7)
        #expect(peer.counts.undelivered == 2)
        #expect(peer.reply(.coded(cycle: 3, vector(0, 1)), from: 7, 5) == [.release(5)])
        #expect(peer.counts.refused == 3)
    }

    @Test(arguments: Separation.allCases) func aLatePacketIsKeptWhereSeparationIsRelaxed(separation: Separation) {
        var peer = peer("..", separation: separation)
        peer.tick(1)
        peer.tick(2)
        let isKept = separation == .relaxed
        #expect(receive(vector(1, 0), in: 1, 1, at: &peer).count == (isKept ? 2 : 1))
        #expect([peer.counts.late, peer.counts.lateKept, peer.counts.useful] == [1, isKept ? 1 : 0, 0])
        _ = receive(vector(1, 0), in: 1, 2, at: &peer)
        #expect([peer.counts.late, peer.counts.lateKept] == [2, isKept ? 1 : 0])
        let answer = peer.machine.handle(.requestReceived(.pullCoded(cycle: 1), 3)).first
        #expect(answer == .reply(isKept ? PeerReply.none(cycle: 1, chunk: 0) : .late(cycle: 1, chunk: 0), to: 3))
    }

    @Test func thePacketOfTheNextCycleWaits() {
        var peer = peer("..")
        peer.tick(1)
        #expect(receive(vector(1, 0), in: 2, 1, at: &peer).isEmpty)
        #expect(peer.machine.handle(.requestReceived(.pullCoded(cycle: 3), 2)) == [.release(2)])
        #expect(peer.tick(2).suffix(2) == [.storeCoded(vector(1, 0), 1), .release(1)])
        #expect([peer.counts.useful, peer.counts.early] == [1, 1])
    }

    @Test func whatIsNoPacketOfThisFileIsRefused() {
        var peer = peer("..")
        peer.tick(1)
        #expect(receive(vector(0, 0), in: 1, 1, at: &peer) == [.release(1)])
        #expect(receive(vector(1, 0, 0), in: 1, 2, at: &peer) == [.release(2)])
        #expect(peer.push(0, in: 1, 3) == [.release(3)], "whole chunks are not sent in such a swarm")
        #expect(peer.reply(.chunk(cycle: 1, chunk: 0), from: 7, 4) == [.release(4)])
        #expect(peer.counts.refused == 4)
        #expect(peer.pull(0, in: 1, 5) == [.reply(PeerReply.none(cycle: 1, chunk: 0), to: 5), .release(5)])
        var other = TestPeer("xx")
        other.tick(1)
        #expect(receive(vector(1, 0), in: 1, 1, at: &other) == [.release(1)])
        #expect(other.machine.handle(.requestReceived(.pullCoded(cycle: 1), 2)) == [.release(2)])
        #expect(other.counts.refused == 2)
    }

    @Test func anEmptyFileIsComplete() {
        var peer = peer("")
        #expect(peer.machine.isComplete && peer.tick(1).isEmpty)
    }

    /// A swarm of six in memory: every peer decodes, and what is useful is peers × chunks.
    @Test(arguments: GossipStyle.allCases, MiniSwarm.Delivery.allCases)
    func everyoneDecodes(style: GossipStyle, delivery: MiniSwarm.Delivery) {
        for seed in UInt64(0)..<5 {
            let gossip = GossipParameters(style: style, chunkSelection: .coded)
            var swarm = MiniSwarm(peers: 5, chunks: 9, gossip: gossip, seed: seed, delivery: delivery)
            swarm.run(limit: 100)
            #expect(swarm.isComplete && swarm.peerCounts.useful == 45)
            let counts = swarm.nodes.reduce(into: MessageCounts()) { $0 += $1.counts }
            #expect(counts.useful + counts.redundant == swarm.chunksCarried)
            #expect([counts.late, counts.corrupt, counts.refused, counts.early] == [0, 0, 0, 0])
        }
    }
}
