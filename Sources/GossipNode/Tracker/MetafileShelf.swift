import GossipWire
import Metainfo
import ZeroMQ

/// The metafiles that a tracker gives out, by info hash.
package struct MetafileShelf: Sendable {
    /// Metafiles at most: a folder named by mistake must not fill the memory.
    package static let countLimit = 10_000
    /// Bytes of metafiles at most, all together: 256 MiB, eight million chunks' hashes.
    package static let byteLimit = 256 << 20

    /// Some of a metafile's bytes.
    struct Part: ~Copyable {
        /// The length of the whole.
        let total: UInt64
        var data: Message
    }

    /// What is asked for of a torrent.
    package enum Content: Sendable {
        case metafile
        /// The info dictionary in it, as it stands there.
        case info
    }

    private struct File {
        let bytes: StoredBytes
        let info: Range<Int>
    }

    private var files: [TorrentID: File] = [:]
    private var byteCount = 0

    package init() {}

    package var count: Int { files.count }

    /// Adds a metafile; one of the same info hash is replaced.
    /// - Throws: `NodeError` that names the bound where it does not fit.
    package mutating func add(_ metafile: Metafile) throws(NodeError) {
        guard let torrent = TorrentID(metafile.infoHash.bytes) else { return }
        let old = files[torrent]?.bytes.count ?? 0
        guard old > 0 || files.count < Self.countLimit else {
            throw NodeError(
                .tracker, "a tracker serves at most \(Self.countLimit) metafiles; \(metafile.name) is one more")
        }
        guard byteCount - old + metafile.encoded.count <= Self.byteLimit else {
            throw NodeError(
                .tracker,
                "a tracker serves at most \(Self.byteLimit >> 20) MiB of metafiles; with \(metafile.name) they are more"
            )
        }
        byteCount += metafile.encoded.count - old
        files[torrent] = File(bytes: StoredBytes(metafile.encoded), info: metafile.info.encoded.indices)
    }

    /// A part of a metafile or its info dictionary as a frame that is not copied.
    /// - Returns: the length of the whole, and the bytes from `offset` on, at most `TrackerReply.metafileDataLimit`;
    ///   none at the very end.
    /// - Throws: what to answer instead: the torrent is unknown, or `offset` is beyond the end.
    func part(
        of torrent: TorrentID, _ content: Content = .metafile, from offset: UInt64
    ) throws(WireError) -> Part {
        guard let file = files[torrent] else { throw Self.unknown(torrent) }
        let range = content == .info ? file.info : 0..<file.bytes.count
        let total = UInt64(range.count)
        guard offset <= total else {
            throw WireError(
                .malformed,
                "the \(content == .info ? "info dictionary" : "metafile") has \(total) bytes; there are none at \(offset)"
            )
        }
        let end = min(total, offset + UInt64(TrackerReply.metafileDataLimit))
        return Part(
            total: total,
            data: file.bytes.frame(range.lowerBound + Int(offset)..<range.lowerBound + Int(end)))
    }

    static func unknown(_ torrent: TorrentID) -> WireError {
        WireError(.unknownTorrent, "this tracker has no metafile of \(torrent)")
    }
}

/// Bytes that frames may lend from.
///
/// Sendable: they are written once, before anyone else sees them, and freed with the last frame.
private final class StoredBytes: @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer

    var count: Int { bytes.count }

    init(_ array: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, array.count), alignment: 16)
        copy.copyBytes(from: array)
        bytes = UnsafeRawBufferPointer(rebasing: copy[..<array.count])
    }

    deinit { bytes.deallocate() }

    func frame(_ range: Range<Int>) -> Message {
        let part = UnsafeRawBufferPointer(rebasing: bytes[range])
        // Small frames live in the message itself, which is cheaper than lending.
        return part.count < 32 << 10 ? Message(copying: part) : Message(borrowing: self, buffer: part)
    }
}
