import GossipCore

/// What an overlay is made of, and what is done to it.
extension SynchronousSwarm {
    /// Who is in whose view.
    var overlay: OverlayGraph {
        OverlayGraph(
            shards.flatMap { shard in
                shard.state.machines.indices.map { index in
                    guard shard.state.isAbsent.isEmpty || !shard.state.isAbsent[index] else { return nil }
                    return shard.state.machines[index].view?.entries.map { Int($0.peer.rawValue) } ?? []
                }
            })
    }

    /// Tells a node of others, as a tracker does.
    func introduce(_ others: [Int], to node: Int) {
        let shard = shards[node / shardSize]
        _ = shard.state.machines[node % shardSize].handle(.peersReceived(others.map { PeerID(UInt32($0)) }))
    }

    /// Makes nodes vanish without a word, or appear.
    func setAbsent(_ isAbsent: Bool, _ nodes: some Sequence<Int>) {
        for node in nodes {
            let shard = shards[node / shardSize]
            if shard.state.isAbsent.isEmpty {
                shard.state.isAbsent = Array(repeating: false, count: shard.state.machines.count)
            }
            shard.state.isAbsent[node % shardSize] = isAbsent
        }
    }

    /// A node sends its first shuffle to one that is there; it is delivered with the others' next ones.
    func join(_ node: Int, through contact: Int) {
        shards[node / shardSize].state.join(node % shardSize, through: PeerID(UInt32(contact)))
    }

    /// How many chunks a node holds.
    func verifiedCount(of node: Int) -> Int {
        shards[node / shardSize].state.machines[node % shardSize].verifiedCount
    }
}
