/// What a topology copies.
package struct TorrentDescription: Equatable, Sendable {
    /// The file's absolute path; a topology file gives it relative to itself.
    package var file: String
    /// In bytes, 1 to 1 GiB.
    package var chunkSize: UInt64

    package init(file: String, chunkSize: UInt64 = Self.defaultChunkSize) {
        self.file = file
        self.chunkSize = chunkSize
    }

    /// One character of the classic experiment's text.
    package static let defaultChunkSize: UInt64 = 1
}
