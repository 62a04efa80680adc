/// What names a torrent in one line that can be typed: its info hash, and the tracker from which the metafile comes.
///
/// Two forms are read. `tcp://HOST:PORT/INFOHASH`, 64 hexadecimal digits, needs no quoting in any shell. The magnet
/// link `magnet:?xt=urn:btmh:1220INFOHASH&tr=TRACKER&dn=NAME` is the one of BEP 9, with the multihash of BEP 52: `12`
/// for SHA-256, `20` for its 32 bytes. In a secured swarm the first ends in `#` and the 64 digits of the tracker's key,
/// as a `peer_ref` does; the second has them as `x.curve`.
package struct TorrentLink: Hashable, Sendable, CustomStringConvertible {
    /// The longest link that is read, in bytes.
    package static let maximumByteCount = 8 << 10

    package let infoHash: InfoHash
    package let tracker: TrackerURI
    /// In a secured swarm the tracker's CURVE public key, 32 bytes; nil where the link does not tell it.
    package let trackerKey: [UInt8]?
    /// What the link calls the torrent, for people alone: the file's name is in the metafile. Nil where it says nothing.
    package let name: String?

    /// - Parameter trackerKey: 32 bytes.
    package init(infoHash: InfoHash, tracker: TrackerURI, trackerKey: [UInt8]? = nil, name: String? = nil) {
        self.infoHash = infoHash
        self.tracker = tracker
        self.trackerKey = trackerKey
        self.name = name
    }

    /// Whether a text is meant as a link, not as the path of a file: what is wrong with it is then the link's fault.
    package static func isMeant(by text: String) -> Bool {
        let scheme = text.prefix(7).lowercased()
        return scheme == "magnet:" || scheme.hasPrefix("tcp://")
    }

    /// - Throws: `MetafileError` that says which part of the link is wrong.
    package init(_ text: String) throws(MetafileError) {
        guard text.utf8.count <= Self.maximumByteCount else {
            throw MetafileError(
                .tooLarge, "the link has \(text.utf8.count) bytes; \(Self.maximumByteCount) are the most")
        }
        if text.prefix(7).lowercased() == "magnet:" {
            self = try MagnetLink.read(text)
        } else if text.lowercased().hasPrefix("tcp://") {
            self = try Self.short(text)
        } else {
            throw Self.refusal(
                text, "it must be tcp://HOST:PORT/INFOHASH or magnet:?xt=urn:btmh:1220INFOHASH&tr=TRACKER")
        }
    }

    /// `tcp://HOST:PORT/INFOHASH`, which every shell takes as it is.
    package var description: String {
        "\(tracker)/\(infoHash)" + (trackerKey.flatMap(Self.digits).map { "#\($0)" } ?? "")
    }

    /// The standard form, to be quoted in a shell.
    package var magnet: String { MagnetLink.text(self) }

    private static func short(_ text: String) throws(MetafileError) -> TorrentLink {
        guard let slash = text.dropFirst("tcp://".count).firstIndex(of: "/") else {
            throw refusal(text, "the info hash is missing: tcp://HOST:PORT/INFOHASH")
        }
        let parts = text[text.index(after: slash)...].split(
            separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts[0]
        guard let infoHash = InfoHash(hex: digits) else {
            throw refusal(
                text, "the info hash after the last slash must be 64 hexadecimal digits, not \(shown(digits))")
        }
        return TorrentLink(
            infoHash: infoHash, tracker: try tracker(String(text[..<slash]), of: text),
            trackerKey: parts.count > 1 ? try key(parts[1], of: text) : nil)
    }

    /// A key has as many bytes as an info hash, and the same text.
    static func digits(_ key: [UInt8]) -> String? { InfoHash(bytes: key)?.description }

    static func key(_ digits: some StringProtocol, of text: String) throws(MetafileError) -> [UInt8] {
        guard let key = InfoHash(hex: Substring(digits)) else {
            throw refusal(text, "the tracker's key must be 64 hexadecimal digits, not \(shown(digits))")
        }
        return key.bytes
    }

    static func tracker(_ address: String, of text: String) throws(MetafileError) -> TrackerURI {
        do throws(MetafileError) {
            return try TrackerURI(address)
        } catch {
            throw refusal(text, error.message)
        }
    }

    static func refusal(_ text: String, _ reason: String) -> MetafileError {
        MetafileError(.malformed, "the link \(shown(text)): \(reason)")
    }

    /// A stranger wrote the text: no control characters on our terminal, no page full of it.
    static func shown(_ text: some StringProtocol) -> String {
        let scalars = text.unicodeScalars.prefix(100).map { $0.isASCII ? $0.escaped(asASCII: true) : String($0) }
        return "\"\(scalars.joined())\(text.unicodeScalars.count > 100 ? "…" : "")\""
    }
}
