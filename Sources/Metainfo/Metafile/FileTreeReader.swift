/// Reads the `file tree` of BEP 52 in place, with a stack of its own: hostile trees cost neither the thread's stack nor
/// more memory than their files.
///
/// A tree is a dictionary from a name to another tree, or to `{"": {length, pieces root}}`, which is a file.
struct FileTreeReader {
    /// A file as the tree has it.
    struct Entry: Equatable {
        let path: [String]
        let length: UInt64
        /// Zeros where the file is empty.
        let root: Digest256
    }

    /// Files that are read at most.
    static let maximumFileCount = 500_000

    /// Components of all paths together that are read at most: each file has those of all folders above it.
    static let maximumComponentCount = 4_000_000

    private var scanner: BencodeScanner
    private var path: FilePath
    private var entries: [Entry] = []
    private var componentCount = 0

    /// - Parameters:
    ///   - bytes: canonical bencoding.
    ///   - offset: where the tree begins.
    ///   - root: the name of the torrent.
    private init(_ bytes: [UInt8], offset: Int, below root: String) {
        scanner = BencodeScanner(bytes, offset: offset)
        path = FilePath(below: root)
    }

    /// The files in the order of the tree.
    ///
    /// - Throws: `MetafileError` that names the entry and the position of what is wrong.
    static func read(_ bytes: [UInt8], offset: Int, below root: String) throws(MetafileError) -> [Entry] {
        var reader = FileTreeReader(bytes, offset: offset, below: root)
        if let refusal = reader.openDictionary() { throw refusal("\"\(MetafileKey.fileTree)\"") }
        var depth = 0
        while depth >= 0 {
            let start = reader.scanner.offset
            guard case .bytes(let key)? = reader.next() else {
                // Every other token but the end was refused when the bytes were checked.
                depth -= 1
                if depth >= 0 { reader.path.leave() }
                continue
            }
            if try reader.enter(key, offset: start) { depth += 1 }
        }
        return reader.entries
    }

    private mutating func next() -> BencodeScanner.Token? { try? scanner.next() }

    /// Takes an entry of the present folder; `true` where it is a folder, which then is the present one.
    private mutating func enter(_ key: Range<Int>, offset: Int) throws(MetafileError) -> Bool {
        guard let name = String(validating: scanner.bytes[key], as: UTF8.self) else {
            let shown = String(decoding: scanner.bytes[key], as: UTF8.self)
            throw MetafileError(.malformed, offset: offset, "\(path.title(shown)) has a name that is not UTF-8")
        }
        do {
            try path.enter(name)
        } catch {
            throw MetafileError(error.code, offset: offset, error.message)
        }
        let value = scanner.offset
        if let refusal = openDictionary() { throw refusal(path.title) }
        var ahead = scanner
        guard case .bytes(let first)? = try? ahead.next(), first.isEmpty else { return true }
        scanner = ahead
        try takeFile()
        guard next() == .end else {
            throw MetafileError(.malformed, offset: value, "\(path.title) is both a file and a folder")
        }
        path.leave()
        return false
    }

    private mutating func takeFile() throws(MetafileError) {
        let start = scanner.offset
        _ = scanner.skipValue()
        let fields = try DictionaryFields(
            scanner.bytes, at: start..<scanner.offset, keys: Self.fileKeys, title: path.title)
        let (length, root) = try Self.contents(fields, path)
        componentCount += path.components.count
        guard entries.count < Self.maximumFileCount, componentCount <= Self.maximumComponentCount else {
            throw MetafileError(
                .tooLarge, offset: start,
                "\(Self.maximumFileCount) files with \(Self.maximumComponentCount) names on their paths are the most")
        }
        entries.append(Entry(path: path.components, length: length, root: root))
    }
}

extension FileTreeReader {
    private static let fileKeys: Set = [MetafileKey.length, MetafileKey.piecesRoot, MetafileKey.attributes]

    private static func contents(
        _ fields: DictionaryFields, _ path: FilePath
    ) throws(MetafileError) -> (length: UInt64, root: Digest256) {
        if fields[MetafileKey.attributes] != nil,
            try fields.string(MetafileKey.attributes).contains(UInt8(ascii: "l"))
        {
            throw fields.failure(
                .unsupported, at: MetafileKey.attributes, "\(path.title) is a symlink; only files are read")
        }
        let length = try fields.integer(MetafileKey.length)
        guard length >= 0 else {
            throw fields.failure(
                at: MetafileKey.length, "\(path.title) has a length of \(length); it cannot be negative")
        }
        if length == 0 {
            guard fields[MetafileKey.piecesRoot] == nil else {
                throw fields.failure(
                    at: MetafileKey.piecesRoot, "\(path.title) is empty and has a pieces root all the same")
            }
            return (0, .zero)
        }
        let bytes = try fields.string(MetafileKey.piecesRoot)
        guard let root = Digest256(bytes: bytes) else {
            throw fields.failure(
                at: MetafileKey.piecesRoot, "\(path.title) has a pieces root of \(bytes.count) bytes; it must be 32")
        }
        return (UInt64(length), root)
    }

    /// Moves into a dictionary that is not empty.
    ///
    /// - Returns: `nil` where there is one; otherwise the refusal, once it is told what the dictionary is called. The
    ///   name takes longer to make than all the rest, and is hardly ever needed.
    private mutating func openDictionary() -> ((String) -> MetafileError)? {
        let start = scanner.offset
        let token = next()
        guard token == .dictionaryStart else {
            return { DictionaryFields.mismatch($0, token, offset: start, "a dictionary") }
        }
        var ahead = scanner
        guard (try? ahead.next()) != .end else {
            return { MetafileError(.malformed, offset: start, "\($0) is empty; it must hold a file") }
        }
        return nil
    }
}
