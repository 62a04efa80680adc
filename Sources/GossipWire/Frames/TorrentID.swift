/// What names a torrent on the wire: 1 to 64 opaque bytes; GoTorrent's own nodes use the 32-byte info hash.
package struct TorrentID: Hashable, Sendable, CustomStringConvertible {
    package static let greatestSize = 64

    package let bytes: [UInt8]

    /// Nil where the bytes are none, or more than 64.
    package init?(_ bytes: [UInt8]) {
        guard (1...Self.greatestSize).contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// All bytes at once: an array would be hashed element by element.
    package func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// Lower-case hex, as topics and logs have it.
    package var description: String { bytes.hex }
}

extension WireFrames {
    func torrent(_ index: Int) throws(WireError) -> TorrentID {
        let size = self[index].count
        guard size <= TorrentID.greatestSize else {
            throw WireError(.tooLarge, "a torrent is named by 1 to 64 bytes, not \(size)")
        }
        guard let torrent = TorrentID(bytes(index)) else {
            throw WireError(.malformed, "a torrent is named by 1 to 64 bytes, not none")
        }
        return torrent
    }
}
