/// A set of chunks of one file, one bit each.
///
/// The first 64 chunks live inside the value, so that the classroom's sets, and a million simulated nodes' sets, need no
/// heap object. Chunk 0 is the most significant bit of the first word: the words in big-endian order are the wire's
/// bitfield.
public struct ChunkSet: Hashable, Sendable {
    /// How many chunks the file has; members are below it.
    public let chunkCount: UInt32
    /// How many chunks are in the set.
    public private(set) var count: UInt32
    private var firstWord: UInt64
    private var otherWords: [UInt64]

    /// The empty set of a file of `chunkCount` chunks.
    public init(chunkCount: UInt32) {
        self.chunkCount = chunkCount
        count = 0
        firstWord = 0
        let words = Self.wordCount(chunkCount)
        otherWords = words > 1 ? Array(repeating: 0, count: words - 1) : []
    }

    /// Every chunk of a file of `chunkCount` chunks.
    public static func full(chunkCount: UInt32) -> ChunkSet {
        var set = ChunkSet(chunkCount: chunkCount)
        for index in 0..<set.wordCount {
            set[word: index] = set.validBits(ofWord: index)
        }
        set.count = chunkCount
        return set
    }

    public var isEmpty: Bool { count == 0 }

    /// Whether every chunk is there; true of an empty file.
    public var isComplete: Bool { count == chunkCount }

    public func contains(_ chunk: ChunkID) -> Bool {
        chunk < chunkCount && self[word: Int(chunk / 64)] & Self.bit(chunk) != 0
    }

    /// Adds a chunk below `chunkCount`; false where it was there already.
    @discardableResult
    public mutating func insert(_ chunk: ChunkID) -> Bool {
        precondition(chunk < chunkCount, "chunk \(chunk) is beyond the file's \(chunkCount)")
        let index = Int(chunk / 64)
        guard self[word: index] & Self.bit(chunk) == 0 else { return false }
        self[word: index] |= Self.bit(chunk)
        count += 1
        return true
    }

    /// Takes a chunk out; false where it was not there.
    @discardableResult
    public mutating func remove(_ chunk: ChunkID) -> Bool {
        guard contains(chunk) else { return false }
        self[word: Int(chunk / 64)] &= ~Self.bit(chunk)
        count -= 1
        return true
    }

    var wordCount: Int { Self.wordCount(chunkCount) }

    /// The bits of 64 chunks, the first one the most significant.
    subscript(word index: Int) -> UInt64 {
        get { index == 0 ? firstWord : otherWords[index - 1] }
        set {
            if index == 0 {
                firstWord = newValue
            } else {
                otherWords[index - 1] = newValue
            }
        }
    }

    /// A word's bits that stand for chunks of the file; the spare ones are clear.
    func validBits(ofWord index: Int) -> UInt64 {
        let chunks = Int(chunkCount) - index * 64
        if chunks >= 64 { return .max }
        return chunks <= 0 ? 0 : ~(UInt64.max >> UInt64(chunks))
    }

    /// Sets the cached count after words were written.
    mutating func recount() {
        count = (0..<wordCount).reduce(0) { $0 + UInt32(self[word: $1].nonzeroBitCount) }
    }

    private static func wordCount(_ chunkCount: UInt32) -> Int { (Int(chunkCount) + 63) / 64 }

    private static func bit(_ chunk: ChunkID) -> UInt64 { 1 << UInt64(63 - chunk % 64) }
}
