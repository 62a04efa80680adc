import GossipCore

/// A node's side of the gossip, of any rules: the input says which, and then what happens to it, event by event.
enum PeerTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let configuration = configuration(&input)
        var held = ChunkSet(chunkCount: configuration.chunkCount)
        let seedling = input.byte()
        for chunk in 0..<configuration.chunkCount where seedling >> (chunk % 8) & 1 == 1 {
            if configuration.unwanted?.contains(chunk) != true { held.insert(chunk) }
        }
        var peer = PeerUnderTest(configuration, held: held)
        while !input.isAtEnd {
            guard let event = input.peerEvent(peer) else { continue }
            try peer.handle(event)
        }
        try peer.finish()
        return true
    }

    private static func configuration(_ input: inout FuzzInput) -> PeerConfiguration {
        let gossip = gossip(&input)
        let count = [0, 1, 9, 70][input.below(4)]
        var configuration = PeerConfiguration(gossip: gossip, chunkCount: UInt32(count))
        configuration.holdQueueLimit = PeerUnderTest.holdQueueLimit
        configuration.verificationLimit = PeerUnderTest.verificationLimit
        configuration.peerLimit = PeerUnderTest.peerLimit
        configuration.digestLimit = 4
        if gossip.exchange == .bulk { configuration.exchange = exchange() }
        let missing = input.byte()
        guard missing != 0, gossip.chunkSelection != .coded else { return configuration }
        var unwanted = ChunkSet(chunkCount: UInt32(count))
        for chunk in 0..<UInt32(count) where missing >> (chunk % 8) & 1 == 1 { unwanted.insert(chunk) }
        configuration.unwanted = unwanted
        return configuration
    }

    private static func gossip(_ input: inout FuzzInput) -> GossipParameters {
        var gossip = GossipParameters(
            style: GossipStyle.allCases[input.below(3)], fanout: 1 + input.below(3),
            chunkSelection: ChunkSelection.allCases[input.below(ChunkSelection.allCases.count)],
            separation: input.bool() ? .strict : .relaxed,
            peerChoice: input.bool() ? .uniform : .leastRecentlyContacted,
            peerSampling: input.bool() ? .tracker : .cyclon(viewSize: 4, shuffleLength: 2))
        if gossip.chunkSelection != .coded, input.bool() { gossip.exchange = .bulk }
        return gossip
    }

    private static func exchange() -> ExchangeParameters {
        var bounds = ExchangeParameters()
        bounds.uploadSlots = 3
        bounds.leastSlots = 2
        bounds.receiverLimit = PeerUnderTest.receiverLimit
        bounds.queueLimit = 4
        bounds.sourceLimit = 4
        bounds.memoryLimit = 3
        bounds.patienceCycles = 5
        (bounds.windowTime, bounds.patience) = (.milliseconds(100), .seconds(5))
        return bounds
    }
}
