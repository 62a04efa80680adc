extension Metafile {
    /// Describes one file whose chunks have been hashed, in our own kind of metafile.
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

    /// Describes files whose chunks have been hashed, in the kind of BEP 52.
    ///
    /// - Parameters:
    ///   - files: their paths in the order of the tree, folders in the order of their names' bytes; `[[name]]` for a
    ///     torrent that is one file.
    ///   - layout: of the same files, with a chunk size that ``ChunkHashing/isStandard(_:)``.
    ///   - chunkHashes: as many as there are chunks.
    /// - Throws: `MetafileError` as above.
    init(
        name: String, files: [[String]], layout: ChunkLayout, tracker: TrackerURI, chunkHashes: ChunkHashes
    ) throws(MetafileError) {
        let encoded = StandardEncoding(
            name: name, files: files, layout: layout, tracker: tracker, chunkHashes: chunkHashes)
        try self.init(decoding: encoded.bytes)
    }

    /// Refuses a layout whose metafile would be too large to read, before the files are hashed for nothing.
    package static func checkLimits(_ layout: ChunkLayout) throws(MetafileError) {
        // What is left is for the name, the tracker and the notation.
        let maximumChunkCount = UInt64((maximumByteCount - (64 << 10)) / Digest256.byteCount)
        guard layout.chunkSize <= maximumChunkSize else {
            throw MetafileError(
                .tooLarge, "the chunk size is \(layout.chunkSize) bytes; \(maximumChunkSize) are the most")
        }
        guard layout.chunkCount <= maximumChunkCount else {
            // Each file may have one chunk that is not full.
            let full = maximumChunkCount - min(maximumChunkCount - 1, UInt64(layout.fileCount - 1))
            let needed = layout.length / full + (layout.length % full == 0 ? 0 : 1)
            throw MetafileError(
                .tooLarge,
                "\(layout.chunkCount) chunks are more than the \(maximumChunkCount) that a metafile can list; "
                    + "choose chunks of at least \(needed) bytes")
        }
    }
}
