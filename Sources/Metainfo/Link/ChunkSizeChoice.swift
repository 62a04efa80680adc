/// The chunk size of a torrent where nobody named one.
///
/// Many chunks spread evenly and are all over the swarm soon; few mean less hashing by the piece, fewer messages and a
/// smaller metafile. A few hundred to two thousand serve both.
package enum ChunkSizeChoice {
    package static let smallest: UInt32 = 256 << 10
    package static let largest: UInt32 = 4 << 20
    /// Chunks of a file that is neither small nor large.
    private static let usualCount: UInt64 = 2_048

    /// The smallest power of two from 256 KiB to 4 MiB with which `length` bytes are at most 2,048 chunks; 4 MiB where
    /// none is large enough.
    package static func chunkSize(forLength length: UInt64) -> UInt32 {
        var size = smallest
        while size < largest, length > UInt64(size) * usualCount { size *= 2 }
        return size
    }
}
