import Metainfo

/// The copy of a fetched metafile that stays in the output folder, so that a download goes on without the tracker.
///
/// It is a hidden file named after the info hash: nothing that the torrent's own names could meet, and found again by
/// the link alone.
package enum MetafileCopy {
    package static func path(of infoHash: InfoHash, in folder: String) -> String {
        "\(folder)/.\(infoHash).torrent"
    }

    /// The copy that is there, meeting at `tracker`.
    /// - Returns: nil where there is none, or one that is damaged: it is fetched anew then.
    package static func read(_ infoHash: InfoHash, in folder: String, tracker: TrackerURI) -> Metafile? {
        let path = path(of: infoHash, in: folder)
        guard StoredFile.exists(path), let kept = try? Metafile.read(path, tracker: tracker) else { return nil }
        return kept.infoHash == infoHash ? kept : nil
    }

    /// Keeps a metafile in a folder, which is created where it is not there.
    package static func write(_ metafile: Metafile, in folder: String) throws(NodeError) {
        try Folder.create(folder)
        try WholeFile.write(metafile.encoded, to: path(of: metafile.infoHash, in: folder))
    }
}
