import GossipWire
import Metainfo

/// A metafile, or the info dictionary of one, that comes piece by piece, in order, and never beyond its bound.
package struct MetafileAssembly {
    private let torrent: TorrentID
    private let content: MetafileShelf.Content
    /// How long it is; nil until the first answer tells.
    package private(set) var total: UInt64?
    package private(set) var bytes: [UInt8] = []

    package init(_ torrent: TorrentID, _ content: MetafileShelf.Content = .metafile) {
        self.torrent = torrent
        self.content = content
    }

    /// What to ask next; nil when all has come.
    package var nextRequest: TrackerRequest? {
        nextOffset.map { offset in
            content == .info ? .getInfo(torrent, offset: offset) : .getMetafile(torrent, offset: offset)
        }
    }

    /// Where the next piece begins; nil when all have come.
    var nextOffset: UInt64? {
        UInt64(bytes.count) == total ? nil : UInt64(bytes.count)
    }

    /// Takes the answer to the question for `nextOffset`.
    /// - Throws: the tracker's refusal, or what is wrong with its answer.
    package mutating func add(_ reply: TrackerReply) throws(WireError) {
        switch reply {
        case .metafile(torrent, let total, let data) where content == .metafile: try add(data, of: total)
        case .info(torrent, let total, let data) where content == .info: try add(data, of: total)
        case .error(let code, let text):
            throw WireError(WireError.Code(rawValue: code) ?? .malformed, text)
        case .metafile, .info, .announced, .left, .peers:
            throw WireError(.malformed, "it answered something that was not asked")
        }
    }

    private mutating func add(_ data: [UInt8], of total: UInt64) throws(WireError) {
        guard total <= UInt64(Metafile.maximumByteCount) else {
            throw WireError(
                .tooLarge, "its metafile has \(total) bytes; \(Metafile.maximumByteCount) (64 MiB) are the most")
        }
        guard self.total ?? total == total else {
            throw WireError(.malformed, "its metafile had \(self.total ?? 0) bytes, then \(total)")
        }
        self.total = total
        let missing = total - UInt64(bytes.count)
        // Without data before the end the questions would never end.
        guard data.count <= missing, missing == 0 || !data.isEmpty else {
            throw WireError(.malformed, "it sent \(data.count) bytes where \(missing) are missing")
        }
        bytes += data
    }
}
