import GossipCore
import Testing

/// A node that wants some of the chunks only, in the exchange of single chunks.
@Suite struct WantedTests {
    /// - Parameter unwanted: string art.
    private func peer(
        _ held: String, without unwanted: String, _ style: GossipStyle = .pull, fanout: Int = 1,
        selection: ChunkSelection = .random, peers: [PeerID] = [7], seed: UInt64 = 1
    ) -> TestPeer {
        TestPeer(held, style, fanout: fanout, selection: selection, peers: peers, seed: seed) {
            $0.unwanted = ChunkSet(unwanted)
        }
    }

    @Test(arguments: [ChunkSelection.random, .inOrder]) func onlyWhatIsWantedIsPulled(selection: ChunkSelection) {
        var pulled: Set<ChunkID> = []
        for seed in UInt64(1)...60 {
            var peer = peer(
                "x......", without: ".xx..x.", fanout: 3, selection: selection, peers: [7, 8, 9], seed: seed)
            pulled.formUnion(peer.tick(1).pulls.map(\.chunk))
        }
        #expect(pulled == [3, 4, 6])
    }

    @Test(arguments: [ChunkSelection.rarestFirst, .useful, .latestUseful])
    func digestsOfOthersAreReadForWhatIsWanted(selection: ChunkSelection) {
        var peer = peer(".....", without: "xx..x", fanout: 2, selection: selection, peers: [7, 8])
        peer.tick(1)
        #expect(peer.digest("xx.xx", in: 1, from: 7, 1).pulls.isEmpty, "the other one is waited for")
        #expect(peer.digest("xx..x", in: 1, from: 8, 2).pulls.map(\.chunk) == [3], "all else is not wanted")
    }

    @Test func whatIsPushedAndNotWantedIsRefusedWithoutAHash() {
        var peer = peer("...", without: "..x", .push)
        peer.tick(1)
        #expect(peer.push(2, in: 1, 5) == [.release(5)])
        #expect(peer.counts.refused == 1)
        #expect(peer.push(1, in: 1, 6) == [.verifyChunk(1, 6)])
        #expect(peer.counts.refused == 1)
    }

    @Test func itIsDoneWithWhatItWantsAndNoSeed() {
        var peer = peer("x...", without: "..x.", .pushPull)
        peer.tick(1)
        peer.push(1, in: 1, 1)
        #expect(!peer.verified(1).contains(.reportCompletion(1)))
        peer.push(3, in: 1, 2)
        #expect(peer.verified(2).contains(.reportCompletion(1)))
        #expect(peer.machine.hasAllWanted && !peer.machine.isComplete)
        let next = peer.tick(2)
        #expect(next.pulls.isEmpty && next.pushes.count == 1, "it serves on")
        #expect(peer.have(in: 2, 3).first == .reply(.have(cycle: 2, digest: ChunkSet("xx.x")), to: 3))
        #expect(peer.pull(2, in: 2, 4).first == .reply(.none(cycle: 2, chunk: 2), to: 4))
    }

    @Test func whoHoldsItFromTheStartIsDone() {
        var peer = peer("xx..", without: "..xx")
        #expect(peer.machine.hasAllWanted && !peer.machine.isComplete)
        #expect(peer.tick(1).isEmpty)
        #expect(TestPeer("xxxx").machine.hasAllWanted && !TestPeer("xxx.").machine.hasAllWanted)
    }

    /// To want all is to want all, however it is said: not one draw changes.
    @Test(arguments: ChunkSelection.ofWholeChunks) func doingWithoutNothingChangesNothing(selection: ChunkSelection) {
        for seed in UInt64(1)...20 {
            var plain = TestPeer("x..x..", fanout: 2, selection: selection, peers: [7, 8, 9], seed: seed)
            var same = TestPeer("x..x..", fanout: 2, selection: selection, peers: [7, 8, 9], seed: seed) {
                $0.unwanted = ChunkSet(chunkCount: 6)
            }
            for cycle in Cycle(1)...5 {
                let actions = plain.tick(cycle)
                #expect(actions == same.tick(cycle))
                for peer in actions.digestsAsked {
                    let digest = PeerReply.have(cycle: cycle, digest: ChunkSet("xxxxx."))
                    #expect(plain.reply(digest, from: peer, 1) == same.reply(digest, from: peer, 1))
                }
                #expect(plain.push(ChunkID(cycle), in: cycle, 2) == same.push(ChunkID(cycle), in: cycle, 2))
                #expect(plain.verified(2) == same.verified(2))
            }
        }
    }
}
