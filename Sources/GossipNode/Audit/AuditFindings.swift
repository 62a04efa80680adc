import GossipCore
import Metainfo

/// What is on the disk of a torrent, or of some of its files, compared with its metafile.
package struct AuditFindings: Equatable, Sendable {
    /// One of the torrent's files.
    package struct File: Equatable, Sendable {
        package let path: String
        package let isThere: Bool
        package let isWhole: Bool
    }

    /// The file or folder that was looked at.
    package let path: String
    /// Whether it has its own name: not the one of a download that is not finished.
    package let isFinished: Bool
    package var valid: ChunkSet
    /// Chunks of which something is there that is not what it should be.
    package var damaged: ChunkSet
    /// The size of each of the torrent's files; nil of one that is not there, or was not looked at.
    var sizes: [UInt64?]
    /// The positions of the files that were looked at, in order.
    let wanted: [Int]
    /// Their chunks.
    package let chunks: ChunkSet
    private let metafile: Metafile

    init(_ metafile: Metafile, wanted: Set<Int>?, path: String, isFinished: Bool) {
        self.metafile = metafile
        self.wanted = wanted?.sorted() ?? Array(metafile.files.indices)
        chunks = metafile.layout.chunks(ofFiles: self.wanted)
        self.path = path
        self.isFinished = isFinished
        valid = ChunkSet(chunkCount: metafile.layout.chunkCount)
        damaged = valid
        sizes = Array(repeating: nil, count: metafile.layout.fileCount)
    }

    package var isWhole: Bool { isFinished && valid == chunks && wanted.allSatisfy(hasItsSize) }

    /// Whether none of the files is there.
    package var isNothing: Bool { sizes.allSatisfy { $0 == nil } }

    /// Chunks of which nothing is there.
    package var missing: ChunkSet {
        chunks.subtracting(valid).subtracting(damaged)
    }

    /// Bytes beyond the ends of files.
    package var excessBytes: UInt64 {
        wanted.reduce(0) { sum, index in
            let (size, length) = (sizes[index] ?? 0, metafile.layout.length(ofFile: index))
            return sum + (size > length ? size - length : 0)
        }
    }

    /// The files that were looked at, in the torrent's order.
    package var files: [File] {
        wanted.map { index in
            let file = metafile.files[index]
            return File(
                path: file.path.joined(separator: "/"), isThere: sizes[index] != nil,
                isWhole: hasItsSize(index) && file.chunks.allSatisfy(valid.contains))
        }
    }

    private func hasItsSize(_ index: Int) -> Bool { sizes[index] == metafile.layout.length(ofFile: index) }
}
