import GossipCore
import Metainfo
import TestSupport

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

    /// The same in the kind of BEP 52, with chunks of a power of two from 16 KiB.
    static func standard(
        _ bytes: [UInt8], chunkSize: UInt32 = 16 << 10, tracker: String = "tcp://127.0.0.1:6969"
    ) throws -> Metafile {
        let folder = try TemporaryFolder()
        let path = try folder.write(name, bytes)
        return try Metafile.describing(path, chunkSize: chunkSize, tracker: TrackerURI(tracker))
    }

    /// Bytes that a generator draws, the same in every run.
    static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var generator = RandomGenerator(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }
}
