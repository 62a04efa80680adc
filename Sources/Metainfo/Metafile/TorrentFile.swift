/// One file of a torrent.
package struct TorrentFile: Hashable, Sendable {
    /// Where it belongs, component by component, each of them safe to create. Of a torrent that is one file it is the
    /// torrent's name alone; of a folder the components below the folder.
    package let path: [String]

    /// Its size in bytes.
    package let length: UInt64

    /// The chunks that it is cut into; none where it is empty.
    package let chunks: Range<UInt32>

    package init(path: [String], length: UInt64, chunks: Range<UInt32>) {
        self.path = path
        self.length = length
        self.chunks = chunks
    }
}
