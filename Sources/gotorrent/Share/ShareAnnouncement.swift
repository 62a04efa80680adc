import Metainfo
import Reporting
import Synchronization

/// The line that is typed on the other machines, said once, when the seed is up.
final class ShareAnnouncement: Sendable {
    private let command: String
    private let display: ProgressDisplay
    private let isSaid = Mutex(false)

    init(_ metafile: Metafile, _ address: ShareAddress, _ display: ProgressDisplay) {
        let link = TorrentLink(infoHash: metafile.infoHash, tracker: address.tracker)
        command = (["gotorrent", "get", "\(link)", "--output", "."] + address.busOptions).joined(separator: " ")
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
