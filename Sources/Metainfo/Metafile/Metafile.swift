/// The description of a torrent: what to fetch, how to check it, and the tracker at which to meet the others.
///
/// The file is one canonical bencoded dictionary (BEP 3 for the notation, not for the keys):
///
/// | key | value |
/// |---|---|
/// | `announce` | the tracker, `tcp://HOST:PORT` |
/// | `info` | a dictionary, over whose bytes the info hash is taken |
/// | `info` / `chunk hashes` | the SHA-256 of every chunk end to end: 32 bytes a chunk |
/// | `info` / `chunk size` | bytes in every chunk but the last, 1 to 64 Mi |
/// | `info` / `length` | the file's size in bytes |
/// | `info` / `name` | the file's name in UTF-8, one path component |
///
/// `announce`, `info`, `length` and `name` mean what they mean in BEP 3. The keys that are ours contain `chunk`; none
/// is a key of BEP 3 or BEP 52 (`pieces`, `piece length`, `file tree`, `meta version`, `piece layers`, …), so that
/// standard metafiles can be told apart and read one day. Other keys are allowed anywhere and kept as they are.
package struct Metafile: Equatable, Sendable {
    /// The largest metafile that is read or made, in bytes: two million chunks.
    package static let maximumByteCount = 64 << 20

    /// The largest chunk in bytes. A node holds whole chunks in memory, so a metafile must not choose any size.
    package static let maximumChunkSize: UInt32 = 64 << 20

    package let tracker: TrackerURI
    package let infoHash: InfoHash

    /// The name under which the file or folder is to be stored: one path component that is safe to create.
    package let name: String

    /// Whether the torrent is a folder called ``name``; otherwise it is one file of that name.
    package let isFolder: Bool

    /// The files in the order of their chunks, at least one.
    package let files: [TorrentFile]

    package let layout: ChunkLayout
    package let chunkHashes: ChunkHashes

    /// The metafile's own bytes: those it was read from, unknown keys included.
    package let encoded: [UInt8]

    /// Checks any chunk of this torrent.
    package var verifier: ChunkVerifier {
        ChunkVerifier(layout: layout, hashes: chunkHashes)
    }

    /// Reads a metafile's bytes.
    ///
    /// - Throws: `MetafileError` with the position of what is wrong. Memory and stack are bounded, whatever the bytes:
    ///   the limits are ``maximumByteCount`` and those of `BencodeDecoder`.
    package init(decoding bytes: [UInt8]) throws(MetafileError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw Self.tooLarge(byteCount: bytes.count)
        }
        let fields = try MetafileFields(bytes)
        try fields.refuseStandardKinds()
        tracker = try fields.tracker()
        name = try fields.name()
        layout = try fields.layout()
        isFolder = false
        files = [TorrentFile(path: [name], length: layout.length, chunks: layout.chunks(ofFile: 0))]
        chunkHashes = try fields.chunkHashes(layout)
        infoHash = try fields.infoHash()
        encoded = bytes
    }

    /// Describes a file whose chunks have been hashed.
    ///
    /// - Throws: `MetafileError` when the name is unsafe, the hashes are not as many as the chunks, or a limit is
    ///   passed: in every case in which the result could not be read back.
    package init(
        name: String, length: UInt64, chunkSize: UInt32, tracker: TrackerURI, chunkHashes: ChunkHashes
    ) throws(MetafileError) {
        try Self.checkLimits(ChunkLayout(length: length, chunkSize: chunkSize))
        let info: BencodeDictionary = [
            MetafileKey.chunkHashes: .bytes(Array(chunkHashes.bytes)),
            MetafileKey.chunkSize: .integer(Int64(chunkSize)),
            MetafileKey.length: .integer(Int64(length)),
            MetafileKey.name: .text(name),
        ]
        try self.init(
            decoding: BencodeEncoder.encode(
                .dictionary([
                    MetafileKey.announce: .text(tracker.description),
                    MetafileKey.info: .dictionary(info),
                ])))
    }

    /// Refuses a layout whose metafile would be too large to read, before the file is hashed for nothing.
    package static func checkLimits(_ layout: ChunkLayout) throws(MetafileError) {
        // What is left is for the name, the tracker and the notation.
        let maximumChunkCount = UInt64((maximumByteCount - (64 << 10)) / Digest256.byteCount)
        guard layout.chunkSize <= maximumChunkSize else {
            throw MetafileError(
                .tooLarge, "the chunk size is \(layout.chunkSize) bytes; \(maximumChunkSize) are the most")
        }
        guard layout.chunkCount <= maximumChunkCount else {
            let needed = (layout.length + maximumChunkCount - 1) / maximumChunkCount
            throw MetafileError(
                .tooLarge,
                "\(layout.chunkCount) chunks are more than the \(maximumChunkCount) that a metafile can list; "
                    + "choose chunks of at least \(needed) bytes")
        }
    }

    static func tooLarge(byteCount: Int) -> MetafileError {
        MetafileError(
            .tooLarge, "a metafile of \(byteCount) bytes; \(maximumByteCount) (64 MiB) are the most that is read")
    }
}
