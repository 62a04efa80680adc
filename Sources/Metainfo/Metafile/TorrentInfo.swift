/// The info dictionary of a metafile: all that makes up a torrent's identity, and enough to check chunks that come with
/// their proofs.
///
/// Whoever knows the info hash can get it from a stranger: its bytes have that hash, or they are another torrent.
package struct TorrentInfo: Equatable, Sendable {
    package let infoHash: InfoHash

    /// The name under which the file or folder is to be stored: one path component that is safe to create.
    package let name: String

    /// Whether the torrent is a folder called ``name``; otherwise it is one file of that name.
    package let isFolder: Bool

    /// The files in the order of their chunks, at least one.
    package let files: [TorrentFile]

    package let layout: ChunkLayout

    /// How the hash of a chunk is made: `plain` in a metafile of our own kind, `merkle` in one of BEP 52.
    package let hashing: ChunkHashing

    /// The dictionary's own bytes, unknown keys included.
    package let encoded: ArraySlice<UInt8>

    /// The hash of each chunk (plain), or the root of each file's tree, zeros where it is empty (merkle).
    let anchors: ChunkHashes

    /// Checks any chunk that comes with its proof.
    package var proofVerifier: ProofVerifier {
        ProofVerifier(layout: layout, hashing: hashing, anchors: anchors)
    }

    /// Bytes of the piece layers that the metafile has besides: 32 a chunk, but for the files of one chunk. None in a
    /// metafile of our own kind, whose hashes are in the dictionary.
    package var layerByteCount: Int {
        guard hashing == .merkle else { return 0 }
        return files.reduce(0) { $0 + ($1.chunks.count > 1 ? $1.chunks.count * Digest256.byteCount : 0) }
    }

    /// The hash of bytes that are said to be a chunk; nil where there is no such chunk, or not of that size.
    package func digest(of bytes: UnsafeRawBufferPointer, chunkID: UInt32) -> Digest256? {
        hashing.digest(of: bytes, chunkID: chunkID, in: layout)
    }

    /// Reads the bytes of an info dictionary.
    ///
    /// - Throws: `MetafileError` with the position of what is wrong. Memory and stack are bounded, whatever the bytes.
    package init(decoding bytes: [UInt8]) throws(MetafileError) {
        try Metafile.check(bytes)
        try self.init(bytes, at: bytes.indices)
    }

    /// Reads an info dictionary that lies in a metafile.
    ///
    /// - Parameters:
    ///   - bytes: canonical bencoding.
    ///   - range: of the dictionary in the bytes.
    init(_ bytes: [UInt8], at range: Range<Int>) throws(MetafileError) {
        let fields = try DictionaryFields(bytes, at: range, keys: MetafileKey.ofInfo, title: "\"\(MetafileKey.info)\"")
        let contents = try InfoContents(fields)
        name = contents.name
        isFolder = contents.isFolder
        hashing = contents.hashing
        anchors = contents.anchors
        let layout = contents.layout
        self.layout = layout
        files = contents.paths.enumerated().map { file, path in
            TorrentFile(path: path, length: layout.length(ofFile: file), chunks: layout.chunks(ofFile: file))
        }
        encoded = bytes[range]
        infoHash = InfoHash(bytes[range].withUnsafeBytes { Digest256(hashing: $0) })
    }
}
