import GossipCore
import GossipWire

extension ChunkSet {
    /// `-` for none, `*` for all, otherwise ranges such as `0-4,7`, or `x` and the bitfield in hex where that is shorter.
    var traceText: String {
        if isEmpty { return "-" }
        if isComplete { return "*" }
        let longest = 1 + 2 * Self.bitfieldSize(chunkCount: chunkCount)
        var text = ""
        var chunk: ChunkID = 0
        while chunk < chunkCount {
            guard contains(chunk) else {
                chunk += 1
                continue
            }
            let first = chunk
            while chunk < chunkCount, contains(chunk) { chunk += 1 }
            text += (text.isEmpty ? "" : ",") + (chunk - first == 1 ? "\(first)" : "\(first)-\(chunk - 1)")
            // A short bitfield is less readable than ranges a little longer.
            if text.utf8.count > max(longest, 32) { return "x" + bitfield.hex }
        }
        return text
    }

    init(trace word: String, chunkCount: UInt32) throws(TraceWords.Fault) {
        guard let set = Self.read(word, chunkCount: chunkCount) else {
            throw TraceWords.fault(word, "chunks of the file's \(chunkCount), such as 0-4,7,")
        }
        self = set
    }

    private static func read(_ word: String, chunkCount: UInt32) -> ChunkSet? {
        if word == "-" { return ChunkSet(chunkCount: chunkCount) }
        if word == "*" { return .full(chunkCount: chunkCount) }
        if word.hasPrefix("x") {
            return [UInt8](hex: word.dropFirst())?.withUnsafeBytes { ChunkSet(bitfield: $0, chunkCount: chunkCount) }
        }
        var set = ChunkSet(chunkCount: chunkCount)
        var next: ChunkID = 0
        for range in word.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = range.split(separator: "-", omittingEmptySubsequences: false).map { ChunkID($0) }
            // Ascending, so that a line costs no more than the set has chunks.
            guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], next <= first, first <= last,
                last < chunkCount
            else { return nil }
            for chunk in first...last { set.insert(chunk) }
            next = last + 1
        }
        return set
    }
}
