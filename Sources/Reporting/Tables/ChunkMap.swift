/// Which chunks a node holds, as a strip of characters.
struct ChunkMap {
    /// Each character's chunks: none, some in seven steps, all.
    private static let blocks: [Character] = ["·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let asciiBlocks: [Character] = [".", ":", ":", "-", "-", "=", "=", "+", "#"]
    private static let eighths: [Character] = ["·", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    let chunksHeld: UInt32
    let chunkCount: UInt32
    /// In hex, bit 7 of byte 0 first; without it the strip is a plain bar.
    let bitfield: String?

    /// The strip.
    ///
    /// - Parameters:
    ///   - width: Columns; where there are as many chunks or fewer, each has one of its own and the strip is shorter.
    ///   - isUnicode: Whether blocks can be shown, or only ASCII.
    func text(width: Int, isUnicode: Bool) -> String {
        guard chunkCount > 0, width > 0 else { return "" }
        let cells = min(width, Int(chunkCount))
        guard let held else { return bar(cells, isUnicode: isUnicode) }
        let blocks = isUnicode ? Self.blocks : Self.asciiBlocks
        var text = ""
        for cell in 0..<cells {
            let first = cell * held.count / cells
            let end = (cell + 1) * held.count / cells
            let count = held[first..<end].count { $0 }
            // The empty and the full block are kept for nothing and all.
            let isFull = count == end - first
            text.append(count == 0 ? blocks[0] : isFull ? blocks[8] : blocks[1 + count * 7 / (end - first)])
        }
        return text
    }

    /// As if the chunks were held from the first on.
    private func bar(_ cells: Int, isUnicode: Bool) -> String {
        let eighths = Int(UInt64(min(chunksHeld, chunkCount)) * UInt64(cells) * 8 / UInt64(chunkCount))
        let full = eighths / 8
        guard isUnicode else {
            return String(repeating: "#", count: full) + String(repeating: ".", count: cells - full)
        }
        let partial = full < cells ? String(Self.eighths[eighths % 8]) : ""
        let rest = String(repeating: "·", count: max(0, cells - full - 1))
        return String(repeating: "█", count: full) + partial + rest
    }

    /// Chunk by chunk; nil where the field is absent or not of these chunks.
    private var held: [Bool]? {
        guard let bitfield else { return nil }
        let digits = bitfield.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == (Int(chunkCount) + 7) / 8 * 2 else { return nil }
        var held: [Bool] = []
        held.reserveCapacity(digits.count * 4)
        for digit in digits {
            guard let digit else { return nil }
            for bit in [8, 4, 2, 1] { held.append(digit & bit != 0) }
        }
        return Array(held.prefix(Int(chunkCount)))
    }
}
