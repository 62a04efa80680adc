/// Where the bytes of one chunk lie: chunks never span two files.
package struct ChunkPlace: Hashable, Sendable {
    /// The position of its file among the torrent's files.
    package let file: Int

    /// The position of its first byte in that file.
    package let offset: UInt64

    /// Its size in bytes, at least 1.
    package let size: Int

    package init(file: Int, offset: UInt64, size: Int) {
        self.file = file
        self.offset = offset
        self.size = size
    }
}
