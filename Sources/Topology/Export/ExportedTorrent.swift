/// What is known of a topology's file once it was hashed.
package struct ExportedTorrent: Equatable, Sendable {
    /// In hex.
    package let infoHash: String
    /// The metafile's bytes; the tracker gives them to whoever asks.
    package let metafile: [UInt8]
    /// Of the file, in bytes.
    package let length: UInt64

    package init(infoHash: String, metafile: [UInt8], length: UInt64) {
        self.infoHash = infoHash
        self.metafile = metafile
        self.length = length
    }
}
