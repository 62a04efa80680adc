/// The fields of a metafile one by one, each checked, each refusal with the position of what is wrong.
struct MetafileFields {
    private let bytes: [UInt8]
    private let root: BencodeValue

    init(_ bytes: [UInt8]) throws(MetafileError) {
        self.bytes = bytes
        do {
            root = try BencodeDecoder(bytes).decode()
        } catch {
            throw MetafileError(.notBencoded, offset: error.offset, "not a metafile: \(error.message)")
        }
    }

    /// A standard torrent file deserves better than "the key is missing".
    func refuseStandardKinds() throws(MetafileError) {
        let info = try dictionary(at: [MetafileKey.info])
        if let key = MetafileKey.standard.first(where: { info[$0] != nil }), info[MetafileKey.chunkHashes] == nil {
            throw failure(
                .unsupported, at: [MetafileKey.info, key],
                "\"\(key)\" belongs to a standard BitTorrent metafile; this program reads those that it creates")
        }
    }

    func tracker() throws(MetafileError) -> TrackerURI {
        let path = [MetafileKey.announce]
        let text = try text(at: path)
        return try located(at: path) { () throws(MetafileError) in try TrackerURI(text) }
    }

    func name() throws(MetafileError) -> String {
        let path = [MetafileKey.info, MetafileKey.name]
        let name = try text(at: path)
        try located(at: path) { () throws(MetafileError) in try FileName.check(name) }
        return name
    }

    func layout() throws(MetafileError) -> ChunkLayout {
        let lengthPath = [MetafileKey.info, MetafileKey.length]
        let length = try integer(at: lengthPath)
        guard length >= 0 else {
            throw failure(at: lengthPath, "the length is \(length); it cannot be negative")
        }
        let sizePath = [MetafileKey.info, MetafileKey.chunkSize]
        let size = try integer(at: sizePath)
        guard let chunkSize = UInt32(exactly: size) else {
            throw failure(at: sizePath, "the chunk size is \(size); it must be 1 to \(Metafile.maximumChunkSize)")
        }
        return try located(at: sizePath) { () throws(MetafileError) in
            let layout = try ChunkLayout(length: UInt64(length), chunkSize: chunkSize)
            try Metafile.checkLimits(layout)
            return layout
        }
    }

    /// The hashes as a part of the metafile's own bytes.
    func chunkHashes(_ layout: ChunkLayout) throws(MetafileError) -> ChunkHashes {
        let path = [MetafileKey.info, MetafileKey.chunkHashes]
        let list = try string(at: path)
        guard list.count == Int(layout.chunkCount) * Digest256.byteCount, let hashes = ChunkHashes(list) else {
            throw failure(
                at: path,
                "hash list is \(list.count) bytes; \(layout.chunkCount) chunks need "
                    + "\(Int(layout.chunkCount) * Digest256.byteCount)")
        }
        return hashes
    }

    func infoHash() throws(MetafileError) -> InfoHash {
        let path = [MetafileKey.info]
        guard let range = BencodeDecoder(bytes).range(at: path) else {
            throw missing(path)
        }
        return InfoHash(bytes[range].withUnsafeBytes { Digest256(hashing: $0) })
    }
}

extension MetafileFields {
    private func value(at path: [String]) throws(MetafileError) -> BencodeValue {
        guard let key = path.last else { return root }
        let parent = try dictionary(at: path.dropLast())
        guard let value = parent[key] else {
            throw missing(path)
        }
        return value
    }

    private func dictionary(at path: [String]) throws(MetafileError) -> BencodeDictionary {
        let value = try value(at: path)
        guard case .dictionary(let dictionary) = value else { throw mismatch(value, at: path, "a dictionary") }
        return dictionary
    }

    private func integer(at path: [String]) throws(MetafileError) -> Int64 {
        let value = try value(at: path)
        guard case .integer(let integer) = value else { throw mismatch(value, at: path, "an integer") }
        return integer
    }

    /// A string as a part of the metafile's bytes, not a copy.
    private func string(at path: [String]) throws(MetafileError) -> ArraySlice<UInt8> {
        let value = try value(at: path)
        guard case .bytes(let string) = value, let range = BencodeDecoder(bytes).range(at: path) else {
            throw mismatch(value, at: path, "a string")
        }
        return bytes[range].suffix(string.count)
    }

    private func text(at path: [String]) throws(MetafileError) -> String {
        guard let text = try String(validating: string(at: path), as: UTF8.self) else {
            throw failure(at: path, "\(Self.title(path)) must be UTF-8")
        }
        return text
    }

    private func located<Result>(
        at path: [String], _ body: () throws(MetafileError) -> Result
    ) throws(MetafileError) -> Result {
        do {
            return try body()
        } catch {
            throw failure(error.code, at: path, error.message)
        }
    }

    private func missing(_ path: [String]) -> MetafileError {
        failure(at: path.dropLast(), "the key \"\(path.last ?? "")\" is missing")
    }

    private func mismatch(_ value: BencodeValue, at path: [String], _ expected: String) -> MetafileError {
        failure(at: path, "\(Self.title(path)) must be \(expected); it is \(value.kind)")
    }

    private func failure(
        _ code: MetafileError.Code = .malformed, at path: [String], _ message: String
    ) -> MetafileError {
        MetafileError(code, offset: BencodeDecoder(bytes).range(at: path)?.lowerBound, message)
    }

    private static func title(_ path: [String]) -> String {
        path.last.map { "\"\($0)\"" } ?? "a metafile"
    }
}
