extension Metafile {
    /// How much of a file is in memory at a time, in bytes.
    private static let portionByteCount = 1 << 20

    /// Reads the metafile at `path`, which may be a pipe.
    ///
    /// - Parameter tracker: used instead of the one that the metafile names, which then need not be one of ours.
    /// - Throws: `MetafileError` that names the file. Of a file beyond ``maximumByteCount`` no more is read than it
    ///   takes to notice.
    package static func read(_ path: String, tracker: TrackerURI? = nil) throws(MetafileError) -> Metafile {
        let file = try InputFile(path)
        let attributes = try file.attributes()
        if attributes.length > maximumByteCount {
            throw tooLarge(byteCount: Int(clamping: attributes.length)).naming(path)
        }
        var bytes: [UInt8] = []
        let expected = attributes.kind == .file ? Int(attributes.length) : 0
        bytes.reserveCapacity(expected)
        try readPortions(of: file, atMost: min(portionByteCount, max(expected + 1, 4096))) { portion in
            bytes.append(contentsOf: portion)
            return bytes.count <= maximumByteCount
        }
        do {
            return try Metafile(decoding: bytes, tracker: tracker)
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
