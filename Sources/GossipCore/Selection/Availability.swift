/// How many copies of each chunk the digests of a cycle show.
struct Availability: Equatable, Sendable {
    private var copies: [UInt32]

    init(chunkCount: UInt32) {
        copies = Array(repeating: 0, count: Int(chunkCount))
    }

    mutating func add(_ digest: ChunkSet) {
        digest.forEachMember { copies[Int($0)] += 1 }
    }

    subscript(chunk: ChunkID) -> UInt32 { copies[Int(chunk)] }
}
