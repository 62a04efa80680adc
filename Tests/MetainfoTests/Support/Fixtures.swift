import Metainfo

/// The metafiles that libtorrent made (`scripts/libtorrent_check.py fixtures`), and the data that they describe.
enum Fixtures {
    static let chunkSize = 32 << 10
    static let blockSize = 16 << 10

    /// The files of `folder-v2`, in the order of the tree.
    static let folder: [(path: String, length: Int)] = [
        ("a-empty", 0), ("b/inner", blockSize - 1), ("b/nested/deep/deeper/x", blockSize),
        ("b/nested/deep.txt", blockSize + 1), ("b.txt", 1), ("c-piece", chunkSize), ("c-piece-less", chunkSize - 1),
        ("c-piece-more", chunkSize + 1), ("d-three", 2 * chunkSize + 1), ("d-two", 2 * chunkSize),
        ("e-blocks", 3 * chunkSize + blockSize), ("f-large", 9 * chunkSize + 12345),
        ("g-same-as-d-two", 2 * chunkSize), ("z-empty", 0), ("é-accent", 77),
    ]

    /// The files of `folder-hybrid`.
    static let hybrid = folder.filter { !$0.path.contains("/") } + [("ü/inner/x", chunkSize + 7), ("ü/y", 3)]

    static func path(_ name: String) -> String {
        #filePath.split(separator: "/").dropLast(2).reduce(into: "") { $0 += "/" + $1 } + "/Fixtures/\(name).torrent"
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        try Metafile.read(path(name), tracker: Samples.tracker()).encoded
    }

    /// The data of a file, by the formula that they were made with.
    static func content(_ path: String, length: Int) -> [UInt8] {
        let salt = (path == "g-same-as-d-two" ? "d-two" : path).unicodeScalars.count
        return (0..<length).map { UInt8(truncatingIfNeeded: $0 + ($0 >> 8) * 13 + ($0 >> 16) * 101 + salt) }
    }

    /// The same files on the disk.
    static func write(_ files: [(path: String, length: Int)]) -> TemporaryFolder {
        TemporaryFolder(Dictionary(uniqueKeysWithValues: files.map { ($0.path, content($0.path, length: $0.length)) }))
    }
}
