import GossipCore
import Testing

/// What holds whatever happens: a peer under 150 random events, for many seeds.
@Suite struct PeerInvariantTests {
    @Test(arguments: GossipStyle.allCases, ChunkSelection.ofWholeChunks)
    func holdWhateverHappens(style: GossipStyle, selection: ChunkSelection) {
        for separation in Separation.allCases {
            for seed in UInt64(0)..<12 {
                var peer = ModelledPeer(seed: seed, style: style, selection: selection, separation: separation)
                for _ in 0..<150 { peer.step() }
                peer.finish()
            }
        }
    }

    /// The walks above would prove nothing if they never came to these.
    @Test func theRandomEventsReachEveryCounter() {
        var sum = MessageCounts()
        for seed in UInt64(0)..<20 {
            for separation in Separation.allCases {
                var peer = ModelledPeer(seed: seed, style: .pushPull, selection: .random, separation: separation)
                for _ in 0..<150 { peer.step() }
                sum += peer.machine.counts
            }
        }
        // The bulk exchange alone takes pulls back.
        for (name, path) in MessageCounts.fields where name != "cancelled" {
            #expect(sum[keyPath: path] > 0, "\(name) was never counted")
        }
    }
}
