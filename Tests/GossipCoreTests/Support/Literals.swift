import GossipCore

extension PeerID: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt32) { self.init(value) }
}

extension MessageToken: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt32) { self.init(value) }
}

extension TimePoint {
    /// A moment by its milliseconds.
    static func at(_ milliseconds: UInt64) -> TimePoint { TimePoint(nanoseconds: milliseconds * 1_000_000) }
}

extension ChunkSet {
    /// A set as string art: `x` is a chunk that is there, `.` one that is not.
    init(_ art: String) {
        self.init(chunkCount: UInt32(art.utf8.count))
        for (index, mark) in art.utf8.enumerated() where mark == UInt8(ascii: "x") { insert(ChunkID(index)) }
    }

    var art: String {
        String((0..<chunkCount).map { contains($0) ? "x" : "." })
    }

    var members: [ChunkID] {
        var members: [ChunkID] = []
        forEachMember { members.append($0) }
        return members
    }
}
