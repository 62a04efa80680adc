/// The keys of a metafile; `Metafile` says what they hold.
enum MetafileKey {
    static let announce = "announce"
    static let info = "info"
    static let chunkHashes = "chunk hashes"
    static let chunkSize = "chunk size"
    static let length = "length"
    static let name = "name"

    /// Keys that only standard BitTorrent metafiles have (BEP 3, BEP 52).
    static let standard = ["piece length", "pieces", "file tree", "meta version"]
}
