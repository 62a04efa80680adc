/// The description of a torrent: what to fetch, how to check it, and the tracker at which to meet the others.
///
/// The file is one canonical bencoded dictionary. Where the chunk size is a power of two from 16 KiB to 64 MiB it is a
/// BitTorrent metafile of version 2 (BEP 52), which other programs read too:
///
/// | key | value |
/// |---|---|
/// | `announce` | the tracker, `tcp://HOST:PORT` |
/// | `info` | a dictionary, over whose bytes the info hash is taken |
/// | `info` / `file tree` | the files: names, lengths and the root of each one's Merkle tree |
/// | `info` / `meta version` | 2 |
/// | `info` / `name` | the name of the file or folder in UTF-8, one path component |
/// | `info` / `piece length` | bytes in every chunk but the last of each file |
/// | `piece layers` | under the root of each file of more than one chunk the hashes of its chunks |
///
/// Other chunk sizes have a kind of their own, for one file, with `chunk hashes`, `chunk size` and `length` in `info`:
/// the SHA-256 of every chunk end to end, bytes in every chunk but the last, and bytes of the file.
///
/// Metafiles of version 2 that other programs made are read as well, those that hold version 1 besides included. Other
/// keys are allowed anywhere and kept as they are.
package struct Metafile: Equatable, Sendable {
    /// The largest metafile that is read or made, in bytes: two million chunks.
    package static let maximumByteCount = 64 << 20

    /// The largest chunk in bytes. A node holds whole chunks in memory, so a metafile must not choose any size.
    package static let maximumChunkSize: UInt32 = 64 << 20

    package let tracker: TrackerURI

    /// All but the tracker and the hashes of the chunks.
    package let info: TorrentInfo

    /// The hash of each chunk, made as ``TorrentInfo/hashing`` says; none where it ``lacksHashes``.
    package let chunkHashes: ChunkHashes

    /// The metafile's own bytes: those it was read from, unknown keys included. Where it ``lacksHashes``, those of the info
    /// dictionary.
    package let encoded: [UInt8]

    /// Reads a metafile's bytes.
    ///
    /// - Parameter tracker: used instead of the one that the metafile names, which then need not be one of ours.
    /// - Throws: `MetafileError` with the position of what is wrong. Memory and stack are bounded, whatever the bytes:
    ///   the limits are ``maximumByteCount``, `BencodeDecoder.maximumDepth` and those of the file tree.
    package init(decoding bytes: [UInt8], tracker: TrackerURI? = nil) throws(MetafileError) {
        try Self.check(bytes)
        let fields = try DictionaryFields(bytes, at: bytes.indices, keys: MetafileKey.ofMetafile, title: "a metafile")
        let info = try TorrentInfo(bytes, at: fields.required(MetafileKey.info))
        if let tracker {
            self.tracker = tracker
        } else {
            self.tracker = try TrackerChoice.tracker(of: fields)
        }
        chunkHashes = try Self.chunkHashes(fields, info)
        self.info = info
        encoded = bytes
    }

    /// Refuses what is too large or no canonical bencoding.
    static func check(_ bytes: [UInt8]) throws(MetafileError) {
        guard bytes.count <= maximumByteCount else {
            throw tooLarge(byteCount: bytes.count)
        }
        do {
            try BencodeChecker.check(bytes)
        } catch {
            throw MetafileError(.notBencoded, offset: error.offset, "not a metafile: \(error.message)")
        }
    }

    private static func chunkHashes(
        _ fields: DictionaryFields, _ info: TorrentInfo
    ) throws(MetafileError) -> ChunkHashes {
        switch info.hashing {
        case .plain: return info.anchors
        case .merkle:
            let start = try fields.required(MetafileKey.pieceLayers).lowerBound
            return try PieceLayers(fields.bytes, offset: start).chunkHashes(of: info)
        }
    }

    static func tooLarge(byteCount: Int) -> MetafileError {
        MetafileError(
            .tooLarge, "a metafile of \(byteCount) bytes; \(maximumByteCount) (64 MiB) are the most that is read")
    }
}

extension Metafile {
    package var infoHash: InfoHash { info.infoHash }

    /// The name under which the file or folder is to be stored: one path component that is safe to create.
    package var name: String { info.name }

    /// Whether the torrent is a folder called ``name``; otherwise it is one file of that name.
    package var isFolder: Bool { info.isFolder }

    /// The files in the order of their chunks, at least one.
    package var files: [TorrentFile] { info.files }

    package var layout: ChunkLayout { info.layout }

    /// Checks any chunk of this torrent.
    ///
    /// - Precondition: it does not ``lacksHashes``.
    package var verifier: ChunkVerifier {
        ChunkVerifier(layout: layout, hashes: chunkHashes, hashing: info.hashing)
    }
}
