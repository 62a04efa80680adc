import Metainfo
import Reporting
import Synchronization
import ZeroMQ

/// The line that is typed on the other machines, said once, when the seed is up.
final class ShareAnnouncement: Sendable {
    private let command: String
    private let display: ProgressDisplay
    private let isSaid = Mutex(false)

    /// - Parameter key: the tracker's, in a secured swarm; nil in an open one.
    init(_ metafile: Metafile, _ address: ShareAddress, key: CurvePublicKey?, _ display: ProgressDisplay) {
        let link = TorrentLink(infoHash: metafile.infoHash, tracker: address.tracker, trackerKey: key?.bytes)
        // Which files they are there nobody here knows.
        let keyOptions = key == nil ? [] : ["--key", "KEYFILE", "--allow", "LIST"]
        command = (["gotorrent", "get", "\(link)", "--output", "."] + address.busOptions + keyOptions)
            .joined(separator: " ")
        self.display = display
    }

    /// May be called on any thread.
    func announceOnce() {
        let isFirst = isSaid.withLock { isSaid in
            defer { isSaid = true }
            return !isSaid
        }
        if isFirst { display.show(.result(command)) }
    }
}
