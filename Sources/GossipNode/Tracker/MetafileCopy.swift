import Metainfo

/// The copy of a fetched metafile that stays in the output folder, so that a download goes on without the tracker.
///
/// It is a hidden file named after the info hash: nothing that the torrent's own names could meet, and found again by
/// the link alone.
package enum MetafileCopy {
    package static func path(of infoHash: InfoHash, in folder: String) -> String {
        "\(folder)/.\(infoHash).torrent"
    }

    /// The info dictionary, where the rest is not fetched.
    static func infoPath(of infoHash: InfoHash, in folder: String) -> String { "\(folder)/.\(infoHash).info" }

    /// What is known of the hashes that are lacking then.
    static func hashesPath(of infoHash: InfoHash, in folder: String) -> String { "\(folder)/.\(infoHash).hashes" }

    /// The copy that is there, meeting at `tracker`.
    /// - Returns: nil where there is none, or one that is damaged: it is fetched anew then.
    package static func read(_ infoHash: InfoHash, in folder: String, tracker: TrackerURI) -> Metafile? {
        let path = path(of: infoHash, in: folder)
        guard StoredFile.exists(path), let kept = try? Metafile.read(path, tracker: tracker) else { return nil }
        return kept.infoHash == infoHash ? kept : nil
    }

    /// A metafile without hashes, of the info dictionary that is there.
    /// - Returns: nil where there is none, or one that is damaged.
    package static func readInfo(_ infoHash: InfoHash, in folder: String, tracker: TrackerURI) -> Metafile? {
        guard let bytes = WholeFile.read(infoPath(of: infoHash, in: folder), atMost: Metafile.maximumByteCount),
            let info = try? TorrentInfo(decoding: bytes), info.infoHash == infoHash
        else { return nil }
        return Metafile(info, tracker: tracker)
    }

    /// Keeps a metafile in a folder, which is created where it is not there: of one that lacks hashes the info
    /// dictionary, of a whole one that alone.
    package static func write(_ metafile: Metafile, in folder: String) throws(NodeError) {
        try Folder.create(folder)
        let infoHash = metafile.infoHash
        guard !metafile.lacksHashes else {
            try WholeFile.write(metafile.encoded, to: infoPath(of: infoHash, in: folder))
            return
        }
        try WholeFile.write(metafile.encoded, to: path(of: infoHash, in: folder))
        StoredFile.remove(infoPath(of: infoHash, in: folder))
        StoredFile.remove(hashesPath(of: infoHash, in: folder))
    }
}
