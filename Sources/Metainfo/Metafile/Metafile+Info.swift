/// Metafiles that begin with the info dictionary alone.
extension Metafile {
    /// Whether the hashes of its chunks are not known, so that each chunk must come with its proof: of one in the kind of
    /// BEP 52, made of its info dictionary alone.
    package var lacksHashes: Bool { chunkHashes.count < Int(layout.chunkCount) }

    /// A metafile without the piece layers. It lacks nothing where the info dictionary tells the hash of every chunk: in
    /// our own kind, and where no file has more than one chunk.
    package init(_ info: TorrentInfo, tracker: TrackerURI) {
        self.tracker = tracker
        self.info = info
        chunkHashes = KnownHashes(info).chunkHashes ?? ChunkHashes([Digest256]())
        encoded = Array(info.encoded)
    }

    /// The whole metafile, once the hashes are known; of the same info hash, with our own words around it.
    ///
    /// - Throws: `MetafileError` where they are not the hashes of this torrent's chunks, or the whole is too large to be
    ///   read.
    package func completed(with chunkHashes: ChunkHashes) throws(MetafileError) -> Metafile {
        guard info.hashing == .merkle else { return self }
        guard chunkHashes.count == Int(layout.chunkCount) else {
            throw MetafileError(.malformed, "\(chunkHashes.count) hashes for \(layout.chunkCount) chunks")
        }
        return try Metafile(
            decoding: StandardEncoding(info, tracker: tracker, chunkHashes: chunkHashes).bytes, tracker: tracker)
    }
}
