import GossipCore
import Metainfo

/// The classic torrent: GOTORRENT, one character a chunk.
enum Samples {
    static let text = Array("GOTORRENT".utf8)
    static let name = "GOTORRENT.txt"

    static func metafile(
        _ bytes: [UInt8] = text, chunkSize: UInt32 = 1, tracker: String = "tcp://127.0.0.1:6969"
    ) throws -> Metafile {
        var hasher = ChunkHasher(chunkSize: chunkSize)
        bytes.withUnsafeBytes { hasher.update($0) }
        return try Metafile(
            name: name, length: UInt64(bytes.count), chunkSize: chunkSize, tracker: TrackerURI(tracker),
            chunkHashes: hasher.finalize())
    }

    /// Bytes that a generator draws, the same in every run.
    static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var generator = RandomGenerator(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }
}
