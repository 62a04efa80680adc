import GossipCore
import Testing

/// The base deployment, one seed and five peers with nine chunks, in memory.
@Suite struct SwarmTests {
    @Test(arguments: GossipStyle.allCases, ChunkSelection.ofWholeChunks)
    func everyPeerCompletesAndTheCountsAddUp(style: GossipStyle, selection: ChunkSelection) {
        for seed in UInt64(0)..<50 {
            let gossip = GossipParameters(
                style: style, chunkSelection: selection, separation: Separation.allCases[Int(seed % 2)])
            var swarm = MiniSwarm(
                peers: 5, chunks: 9, gossip: gossip, seed: seed,
                delivery: MiniSwarm.Delivery.allCases[Int(seed / 2 % 2)])
            swarm.run(limit: 150)
            let counts = swarm.peerCounts
            #expect(swarm.isComplete, "seed \(seed), \(gossip)")
            #expect(counts.useful == 45, "seed \(seed), \(gossip)")
            #expect(counts.late == 0 && counts.corrupt == 0 && counts.early == 0 && counts.refused == 0)
            let all = swarm.nodes.reduce(into: MessageCounts()) { $0 += $1.counts }
            #expect(all.useful + all.redundant == swarm.chunksCarried, "each chunk is counted once")
            if selection == .random || !style.pulls {
                #expect(all.sent == swarm.expectedSent, "seed \(seed), \(gossip)")
            } else {
                #expect(all.sent <= swarm.expectedSent, "seed \(seed), \(gossip)")
            }
            if selection.digestNeed != .nobody { #expect(all.missed == 0, "a digest is never wrong in its cycle") }
        }
    }

    /// Each of five peers wants another three or more of nine chunks.
    @Test(arguments: GossipStyle.allCases, ChunkSelection.ofWholeChunks)
    func everyPeerGetsWhatItWantsAndNothingElse(style: GossipStyle, selection: ChunkSelection) {
        for seed in UInt64(0)..<20 {
            let gossip = GossipParameters(
                style: style, chunkSelection: selection, separation: Separation.allCases[Int(seed % 2)])
            var wanted: [ChunkSet] = [.full(chunkCount: 9)]
            for node in 1...5 {
                var chunks = ChunkSet(chunkCount: 9)
                for chunk in node..<(node + 3 + Int(seed % 4)) { chunks.insert(ChunkID(chunk % 9)) }
                wanted.append(chunks)
            }
            var swarm = MiniSwarm(peers: 5, chunks: 9, gossip: gossip, seed: seed) {
                ChunkSet.full(chunkCount: 9).subtracting(wanted[$0])
            }
            swarm.run(limit: 300)
            #expect(swarm.nodes.map(\.heldAndFresh) == wanted, "seed \(seed), \(gossip)")
            let counts = swarm.nodes.reduce(into: MessageCounts()) { $0 += $1.counts }
            #expect(counts.useful == wanted.dropFirst().reduce(0) { $0 + UInt64($1.count) })
            #expect(counts.useful + counts.redundant + counts.refused == swarm.chunksCarried)
            #expect(style.pushes || counts.refused == 0, "what is not wanted comes in pushes alone")
            #expect(!style.pushes || counts.refused > 0)
        }
    }

    /// Peers could complete no sooner: what came in a cycle leaves in the next, at the earliest.
    @Test func aChunkTravelsOneLinkACycle() {
        let gossip = GossipParameters(style: .pushPull, fanout: 5)
        for seed in UInt64(0)..<20 {
            var swarm = MiniSwarm(peers: 20, chunks: 1, gossip: gossip, seed: seed, delivery: .amongTicks)
            swarm.runCycle()
            let complete = swarm.nodes.dropFirst().filter(\.isComplete).count
            #expect(complete >= 5, "the seed's five pushes")
            #expect(swarm.peerCounts.useful == UInt64(complete))
            #expect(!swarm.isComplete, "pushed on in the same cycle, it would reach them all")
        }
    }

    @Test func sameSeedSameTrace() {
        func trace(_ seed: UInt64, _ selection: ChunkSelection) -> [String] {
            var swarm = MiniSwarm(
                peers: 5, chunks: 9, gossip: GossipParameters(chunkSelection: selection), seed: seed, keepsTrace: true)
            swarm.run(limit: 150)
            return swarm.trace
        }
        #expect(trace(7, .random) == trace(7, .random))
        #expect(trace(7, .random) != trace(8, .random))
        // A change of these is a change of every recorded run: say so in its commit.
        #expect(Trace.digest(trace(7, .random)) == 15_908_957_154_741_672_000)
        #expect(Trace.digest(trace(7, .rarestFirst)) == 2_979_160_771_803_226_066)
    }

    @Test func anEmptyFileNeedsNoMessage() {
        var swarm = MiniSwarm(peers: 5, chunks: 0, gossip: GossipParameters(), seed: 1)
        #expect(swarm.isComplete)
        swarm.runCycle()
        #expect(swarm.nodes.allSatisfy { $0.counts == MessageCounts() })
    }

    /// One rumour pushed to one partner a cycle reaches n nodes in log2 n + ln n cycles, give or take a few.
    ///
    /// Source: Pittel, *On spreading a rumor*, SIAM Journal on Applied Mathematics 47 (1987).
    @Test func aRumourSpreadsAsFastAsPittelSays() {
        func meanCycles(fanout: Int) -> Double {
            let gossip = GossipParameters(style: .push, fanout: fanout)
            let cycles = (UInt64(0)..<24).map { seed in
                var swarm = MiniSwarm(peers: 63, chunks: 1, gossip: gossip, seed: seed)
                swarm.run(limit: 100)
                return Double(swarm.cycle)
            }
            return cycles.reduce(0, +) / Double(cycles.count)
        }
        let theory = 6 + 4.16  // log2 64 + ln 64
        #expect(abs(meanCycles(fanout: 1) - theory) < 1.5)
        #expect(abs(meanCycles(fanout: 2) - theory) > 1.5, "two partners are faster: the band tells them apart")
    }
}
