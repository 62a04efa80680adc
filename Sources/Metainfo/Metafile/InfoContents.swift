/// What the keys of an info dictionary say, in either of the two kinds.
struct InfoContents {
    let name: String
    let isFolder: Bool
    let paths: [[String]]
    let layout: ChunkLayout
    let hashing: ChunkHashing
    let anchors: ChunkHashes

    init(_ fields: DictionaryFields) throws(MetafileError) {
        let name = try Self.checkedName(fields)
        self.name = name
        if try Self.isStandard(fields) {
            hashing = .merkle
            let start = try fields.required(MetafileKey.fileTree).lowerBound
            let entries = try FileTreeReader.read(fields.bytes, offset: start, below: name)
            layout = try Self.standardLayout(fields, lengths: entries.map(\.length))
            anchors = ChunkHashes(entries.lazy.map(\.root))
            paths = entries.map(\.path)
            // BEP 52 has no other sign of a torrent that is one file.
            isFolder = !Self.isSingleFile(paths, name)
        } else {
            hashing = .plain
            layout = try Self.plainLayout(fields)
            anchors = try Self.chunkHashes(fields, layout)
            paths = [[name]]
            isFolder = false
        }
    }

    static func isSingleFile(_ paths: [[String]], _ name: String) -> Bool {
        // By their bytes: two encodings of one accent are two names to most file systems.
        paths.count == 1 && paths[0].count == 1 && paths[0][0].utf8.elementsEqual(name.utf8)
    }

    /// Whether it is of BEP 52, alone or beside BEP 3; otherwise of our own kind.
    private static func isStandard(_ fields: DictionaryFields) throws(MetafileError) -> Bool {
        if fields[MetafileKey.chunkHashes] != nil { return false }
        if fields[MetafileKey.metaVersion] != nil {
            let version = try fields.integer(MetafileKey.metaVersion)
            guard version == 2 else {
                throw fields.failure(
                    .unsupported, at: MetafileKey.metaVersion,
                    "the meta version is \(version); version 2 of BitTorrent's metafile is read, alone or with version 1"
                )
            }
            return true
        }
        guard fields[MetafileKey.pieces] == nil else {
            throw fields.failure(
                .unsupported, at: MetafileKey.pieces,
                "it is a metafile of BitTorrent version 1, which has no SHA-256 hashes; "
                    + "make one of version 2 or a hybrid, or describe the files anew with gotorrent create")
        }
        if fields[MetafileKey.fileTree] != nil || fields[MetafileKey.pieceLength] != nil {
            _ = try fields.required(MetafileKey.metaVersion)
        }
        return false
    }

    private static func checkedName(_ fields: DictionaryFields) throws(MetafileError) -> String {
        let name = try fields.text(MetafileKey.name)
        try fields.located(at: MetafileKey.name) { () throws(MetafileError) in try FileName.check(name) }
        return name
    }

    private static func standardLayout(
        _ fields: DictionaryFields, lengths: [UInt64]
    ) throws(MetafileError) -> ChunkLayout {
        let size = try fields.integer(MetafileKey.pieceLength)
        guard let chunkSize = UInt32(exactly: size), ChunkHashing.isStandard(chunkSize) else {
            throw fields.failure(
                size > Metafile.maximumChunkSize ? .tooLarge : .malformed, at: MetafileKey.pieceLength,
                "the piece length is \(size); it must be a power of two from \(MerkleHash.blockSize) "
                    + "to \(Metafile.maximumChunkSize)")
        }
        return try fields.located(at: MetafileKey.pieceLength) { () throws(MetafileError) in
            let layout = try ChunkLayout(fileLengths: lengths, chunkSize: chunkSize)
            try Metafile.checkLimits(layout)
            return layout
        }
    }

    private static func plainLayout(_ fields: DictionaryFields) throws(MetafileError) -> ChunkLayout {
        let length = try fields.integer(MetafileKey.length)
        guard length >= 0 else {
            throw fields.failure(at: MetafileKey.length, "the length is \(length); it cannot be negative")
        }
        let size = try fields.integer(MetafileKey.chunkSize)
        guard let chunkSize = UInt32(exactly: size) else {
            throw fields.failure(
                at: MetafileKey.chunkSize, "the chunk size is \(size); it must be 1 to \(Metafile.maximumChunkSize)")
        }
        return try fields.located(at: MetafileKey.chunkSize) { () throws(MetafileError) in
            let layout = try ChunkLayout(length: UInt64(length), chunkSize: chunkSize)
            try Metafile.checkLimits(layout)
            return layout
        }
    }

    /// The hashes as a part of the metafile's own bytes.
    private static func chunkHashes(
        _ fields: DictionaryFields, _ layout: ChunkLayout
    ) throws(MetafileError) -> ChunkHashes {
        let list = try fields.string(MetafileKey.chunkHashes)
        guard list.count == Int(layout.chunkCount) * Digest256.byteCount, let hashes = ChunkHashes(list) else {
            throw fields.failure(
                at: MetafileKey.chunkHashes,
                "hash list is \(list.count) bytes; \(layout.chunkCount) chunks need "
                    + "\(Int(layout.chunkCount) * Digest256.byteCount)")
        }
        return hashes
    }
}
