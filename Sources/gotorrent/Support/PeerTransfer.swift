import GossipNode
import Metainfo

/// A torrent that is seeded or fetched: one of those on the command line.
struct PeerTransfer: Sendable {
    /// As it was typed.
    let text: String
    let torrent: TorrentArgument
    /// The seed's file or folder, or the peer's output folder.
    let dataPath: String
    let share: NodeShare

    /// What the transfer's swarm is secured by; nil of an open one.
    /// - Throws: `UsageError` where neither the command line nor the link tells the tracker's key.
    func security(_ setup: SecuritySetup?) throws(UsageError) -> SwarmSecurity? {
        try setup?.swarm(linkKey: torrent.trackerKey, of: text)
    }

    /// What came of a transfer: the metafile where it went well.
    typealias Outcome = Result<Metafile, any Error>

    /// - Parameters:
    ///   - texts: the metafiles and links.
    ///   - dataPaths: one for each, or one for all.
    ///   - options: with the limits that all keep together.
    /// - Throws: `MetafileError` where one of them is a link with something wrong in it.
    static func all(_ texts: [String], dataPaths: [String], _ options: NodeOptions) throws -> [PeerTransfer] {
        let shares = options.shares(count: texts.count)
        return try texts.enumerated().map { number, text in
            PeerTransfer(
                text: text, torrent: try TorrentArgument(text, tracker: options.tracker),
                dataPath: dataPaths[min(number, dataPaths.count - 1)], share: shares[number])
        }
    }
}
