import ArgumentParser
import GossipNode
import Metainfo
import ZeroMQ

/// What names a torrent on the command line: a metafile's path, or a link by which the tracker gives the metafile.
enum TorrentArgument: Sendable {
    /// A path, and the tracker to use in place of the one that the metafile names.
    case file(String, tracker: TrackerURI?)
    case link(TorrentLink)

    /// - Parameter tracker: used in place of the one of the metafile or link; nil to use theirs.
    /// - Throws: `MetafileError` where the text is a link with something wrong in it.
    init(_ text: String, tracker: TrackerURI?) throws(MetafileError) {
        guard TorrentLink.isMeant(by: text) else {
            self = .file(text, tracker: tracker)
            return
        }
        let link = try TorrentLink(text)
        // Another tracker has another key.
        self = .link(
            TorrentLink(
                infoHash: link.infoHash, tracker: tracker ?? link.tracker,
                trackerKey: tracker == nil ? link.trackerKey : nil, name: link.name))
    }

    /// The tracker's key where it is a link that tells it; nil where it is not.
    var trackerKey: CurvePublicKey? {
        switch self {
        case .file: nil
        case .link(let link): link.trackerKey.flatMap { CurvePublicKey(bytes: $0) }
        }
    }

    /// Reads the metafile, or fetches it and checks that it is the one of the link.
    /// - Parameters:
    ///   - folder: where a fetched one is kept, and taken from when it is there; nil to keep none.
    ///   - security: of a secured swarm; nil of an open one.
    ///   - keeps: whether one that is fetched is written there.
    ///   - proofs: when to fetch the info dictionary alone, so that the metafile lacks the hashes of its chunks.
    ///   - usesKeptInfo: whether an info dictionary that is there will do; nil where it will unless `proofs` is `never`.
    /// - Throws: `MetafileError` of a file that is none, `NodeError` of a tracker that does not give it.
    func metafile(
        keptIn folder: String?, security: SwarmSecurity?, keeps: Bool = true, proofs: ProofUse = .never,
        usesKeptInfo: Bool? = nil, _ runtime: NodeRuntime
    ) async throws -> Metafile {
        switch self {
        case .file(let path, let tracker): return try Metafile.read(path, tracker: tracker)
        case .link(let link):
            if let folder, let kept = MetafileCopy.read(link.infoHash, in: folder, tracker: link.tracker) {
                return kept
            }
            if usesKeptInfo ?? (proofs != .never), let folder,
                let kept = MetafileCopy.readInfo(link.infoHash, in: folder, tracker: link.tracker)
            {
                return kept
            }
            let fetch = MetafileFetch(
                link.infoHash, from: link.tracker, security: security, context: runtime.context, loop: runtime.loop)
            let metafile = try await fetch.run(proofs)
            if keeps, let folder { try MetafileCopy.write(metafile, in: folder) }
            return metafile
        }
    }
}
