/// The keys of a metafile; `Metafile` says what they hold.
enum MetafileKey {
    static let announce = "announce"
    static let announceList = "announce-list"
    static let createdBy = "created by"
    static let info = "info"
    static let pieceLayers = "piece layers"

    /// Of `info`, in both kinds.
    static let name = "name"

    /// Of `info`, in our own kind.
    static let chunkHashes = "chunk hashes"
    static let chunkSize = "chunk size"
    static let length = "length"

    /// Of `info`, in BEP 52.
    static let fileTree = "file tree"
    static let metaVersion = "meta version"
    static let pieceLength = "piece length"

    /// Of a file in a file tree, beside `length`.
    static let piecesRoot = "pieces root"
    static let attributes = "attr"

    /// Of `info`, in BEP 3.
    static let pieces = "pieces"

    static let ofMetafile: Set = [announce, announceList, info, pieceLayers]
    static let ofInfo: Set = [name, chunkHashes, chunkSize, length, fileTree, metaVersion, pieceLength, pieces]
}
