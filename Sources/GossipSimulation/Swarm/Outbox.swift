import GossipCore

/// The messages that a shard sent in one round, in the order of the shards that they go to.
struct Outbox {
    private var envelopes: [Envelope] = []
    /// Where each receiving shard's messages begin, and where the last one's end.
    private var starts: [Int32] = []

    var isEmpty: Bool { envelopes.isEmpty }

    /// What goes to a shard, in the order in which it was sent.
    func messages(to shard: Int) -> ArraySlice<Envelope> {
        starts.isEmpty ? [] : envelopes[Int(starts[shard])..<Int(starts[shard + 1])]
    }

    /// Takes in what was sent: a counting sort, which keeps the order within each shard.
    mutating func fill(with sent: [Envelope], shardSize: Int, shardCount: Int) {
        envelopes.removeAll(keepingCapacity: true)
        guard !sent.isEmpty else {
            starts.removeAll(keepingCapacity: true)
            return
        }
        var places = [Int32](repeating: 0, count: shardCount + 1)
        for envelope in sent { places[Int(envelope.to.rawValue) / shardSize + 1] += 1 }
        for shard in 0..<shardCount { places[shard + 1] += places[shard] }
        starts = places
        envelopes = [Envelope](unsafeUninitializedCapacity: sent.count) { buffer, initialized in
            for envelope in sent {
                let shard = Int(envelope.to.rawValue) / shardSize
                buffer.initializeElement(at: Int(places[shard]), to: envelope)
                places[shard] += 1
            }
            initialized = sent.count
        }
    }
}
