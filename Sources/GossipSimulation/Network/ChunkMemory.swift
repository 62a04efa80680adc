import GossipCore

/// What a simulated node has on its disk; it outlives the node's lives.
struct ChunkMemory: Sendable {
    private var stored: [ChunkBytes?]

    init(chunkCount: UInt32) {
        stored = Array(repeating: nil, count: Int(chunkCount))
    }

    static func full(chunkCount: UInt32) -> ChunkMemory {
        var memory = ChunkMemory(chunkCount: chunkCount)
        for chunk in 0..<chunkCount { memory[chunk] = ChunkBytes(of: chunk) }
        return memory
    }

    subscript(chunk: ChunkID) -> ChunkBytes? {
        get { stored[Int(chunk)] }
        set { stored[Int(chunk)] = newValue }
    }

    /// The chunks whose bytes are right, as a node finds them when it hashes its disk at the start.
    var verified: ChunkSet {
        var set = ChunkSet(chunkCount: UInt32(stored.count))
        for chunk in 0..<UInt32(stored.count) where stored[Int(chunk)]?.isValid(for: chunk) == true {
            set.insert(chunk)
        }
        return set
    }
}

extension ChunkMemory {
    /// Whether every chunk of the set is there with the right bytes.
    func contains(_ set: ChunkSet) -> Bool {
        var isThere = true
        set.forEachMember { chunk in
            if stored[Int(chunk)]?.isValid(for: chunk) != true { isThere = false }
        }
        return isThere
    }
}
