extension Metafile {
    /// How much of a file is in memory at a time, in bytes.
    private static let portionByteCount = 1 << 20

    /// Reads the metafile at `path`, which may be a pipe.
    ///
    /// - Throws: `MetafileError` that names the file. Of a file beyond ``maximumByteCount`` no more is read than it
    ///   takes to notice.
    package static func read(_ path: String) throws(MetafileError) -> Metafile {
        let file = try InputFile(path)
        let attributes = try file.attributes()
        if attributes.length > maximumByteCount {
            throw tooLarge(byteCount: Int(clamping: attributes.length)).naming(path)
        }
        var bytes: [UInt8] = []
        let expected = attributes.isRegular ? Int(attributes.length) : 0
        bytes.reserveCapacity(expected)
        try readPortions(of: file, atMost: min(portionByteCount, max(expected + 1, 4096))) { portion in
            bytes.append(contentsOf: portion)
            return bytes.count <= maximumByteCount
        }
        do {
            return try Metafile(decoding: bytes)
        } catch {
            throw error.naming(path)
        }
    }

    /// Hashes the file at `path` and describes it, holding one portion of it in memory at a time.
    ///
    /// - Parameters:
    ///   - path: a regular file; its last component is the name in the metafile unless `name` is given.
    ///   - chunkSize: bytes in every chunk but the last.
    /// - Throws: `MetafileError` that names the file: it cannot be read, it is no regular file, it changed meanwhile,
    ///   or a limit of the metafile is passed, which is found out before anything is hashed.
    package static func describing(
        _ path: String, name: String? = nil, chunkSize: UInt32, tracker: TrackerURI
    ) throws(MetafileError) -> Metafile {
        do throws(MetafileError) {
            let file = try InputFile(path)
            let before = try file.attributes()
            guard before.isRegular else {
                throw MetafileError(.inputOutput, "it is not a regular file; a torrent is made of one file")
            }
            let layout = try ChunkLayout(length: before.length, chunkSize: chunkSize)
            try checkLimits(layout)
            let name = name ?? path.split(separator: "/").last.map(String.init) ?? path
            try FileName.check(name)

            var hasher = ChunkHasher(chunkSize: chunkSize, chunkCount: layout.chunkCount)
            var hashedByteCount: UInt64 = 0
            try readPortions(of: file, atMost: portionByteCount) { portion in
                hasher.update(portion)
                hashedByteCount += UInt64(portion.count)
                return hashedByteCount <= layout.length
            }
            guard hashedByteCount == layout.length, try file.attributes() == before else {
                throw MetafileError(.changed, "it changed while it was read; try again when nothing writes to it")
            }
            return try Metafile(
                name: name, length: layout.length, chunkSize: chunkSize, tracker: tracker,
                chunkHashes: hasher.finalize())
        } catch {
            throw error.naming(path)
        }
    }

    /// Passes the file's bytes to `body` in order, until it returns `false` or there are no more.
    private static func readPortions(
        of file: borrowing InputFile, atMost portionByteCount: Int, _ body: (UnsafeRawBufferPointer) -> Bool
    ) throws(MetafileError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: portionByteCount, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try file.readPortion(into: buffer)
            guard count > 0, body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else { return }
        }
    }
}
