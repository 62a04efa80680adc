/// How a torrent's files are cut into chunks: each file begins a chunk (BEP 52), and only the last chunk of a file may
/// be shorter than the others.
package struct ChunkLayout: Hashable, Sendable {
    /// The size of all files together in bytes.
    package let length: UInt64

    /// The size in bytes of every chunk but the last of each file.
    package let chunkSize: UInt32

    /// How many chunks there are in all; 0 where every file is empty.
    package let chunkCount: UInt32

    private let lengths: [UInt64]

    /// For each file the number of chunks that it and the files before it have.
    private let chunkEnds: [UInt32]

    /// The layout of a single file.
    ///
    /// - Throws: as ``init(fileLengths:chunkSize:)``.
    package init(length: UInt64, chunkSize: UInt32) throws(MetafileError) {
        try self.init(fileLengths: [length], chunkSize: chunkSize)
    }

    /// The layout of files in the torrent's order.
    ///
    /// - Parameters:
    ///   - fileLengths: bytes of each file, 0 allowed.
    ///   - chunkSize: bytes, at least 1.
    /// - Throws: `MetafileError` when there is no file, `chunkSize` is 0, or the chunks are too many to be numbered in
    ///   32 bits or the bytes in 64.
    package init(fileLengths: [UInt64], chunkSize: UInt32) throws(MetafileError) {
        guard chunkSize > 0 else {
            throw MetafileError(.malformed, "the chunk size is 0; it must be at least 1")
        }
        guard !fileLengths.isEmpty else {
            throw MetafileError(.malformed, "there is no file; a torrent has at least one")
        }
        var total: UInt64 = 0
        var count: UInt64 = 0
        var ends: [UInt32] = []
        ends.reserveCapacity(fileLengths.count)
        for length in fileLengths {
            let (sum, isTooLong) = total.addingReportingOverflow(length)
            let (whole, remainder) = length.quotientAndRemainder(dividingBy: UInt64(chunkSize))
            // The count before fits 32 bits, so this sum fits 64 unless the chunks are single bytes, nearly.
            let (newCount, isTooMany) = count.addingReportingOverflow(whole + (remainder == 0 ? 0 : 1))
            guard !isTooLong, !isTooMany, let end = UInt32(exactly: newCount) else {
                throw MetafileError(
                    .malformed,
                    "\(isTooLong ? UInt64.max : sum) bytes in chunks of \(chunkSize) are \(newCount) chunks; "
                        + "there can be \(UInt32.max) at most")
            }
            total = sum
            count = newCount
            ends.append(end)
        }
        self.length = total
        self.chunkSize = chunkSize
        chunkCount = UInt32(count)
        lengths = fileLengths
        chunkEnds = ends
    }
}

extension ChunkLayout {
    /// How many files there are, at least 1.
    package var fileCount: Int { lengths.count }

    /// The size in bytes of a file; there must be such a file.
    package func length(ofFile file: Int) -> UInt64 {
        lengths[file]
    }

    /// The chunks of a file, none where it is empty; there must be such a file.
    package func chunks(ofFile file: Int) -> Range<UInt32> {
        (file == 0 ? 0 : chunkEnds[file - 1])..<chunkEnds[file]
    }

    /// Whether there is such a chunk.
    package func contains(_ chunkID: UInt32) -> Bool {
        chunkID < chunkCount
    }

    /// Where a chunk's bytes lie; there must be such a chunk. Found by halving among the files.
    package func place(of chunkID: UInt32) -> ChunkPlace {
        precondition(contains(chunkID), "there is no chunk \(chunkID) among \(chunkCount)")
        let file = file(of: chunkID)
        let offset = UInt64(chunkID - chunks(ofFile: file).lowerBound) * UInt64(chunkSize)
        return ChunkPlace(file: file, offset: offset, size: Int(min(UInt64(chunkSize), lengths[file] - offset)))
    }

    /// The size of a chunk in bytes; there must be such a chunk.
    package func size(of chunkID: UInt32) -> Int {
        place(of: chunkID).size
    }

    /// The positions of a chunk's bytes in its file; there must be such a chunk.
    package func range(of chunkID: UInt32) -> Range<UInt64> {
        let place = place(of: chunkID)
        return place.offset..<place.offset + UInt64(place.size)
    }

    /// The first file that ends after the chunk; an empty file ends where the one before it does, so it is never found.
    private func file(of chunkID: UInt32) -> Int {
        var low = 0
        var high = chunkEnds.count - 1
        while low < high {
            let middle = (low + high) / 2
            if chunkEnds[middle] > chunkID {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
