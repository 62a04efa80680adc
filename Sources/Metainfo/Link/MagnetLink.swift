/// The text of magnet links (BEP 9, BEP 52).
enum MagnetLink {
    private static let hashPrefix = "urn:btmh:"
    /// SHA-256 as a multihash: the function's code and the digest's length, each a byte in hexadecimal digits.
    private static let multihash = "1220"
    /// The tracker's key, in a secured swarm: names that begin with `x.` are free for use (BEP 9).
    private static let keyParameter = "x.curve"

    /// Parameters that are none of ours (`ws`, `xl`, `so`, …) are passed over, as BEP 9 has it.
    static func read(_ text: String) throws(MetafileError) -> TorrentLink {
        var topics: [String] = []
        var trackers: [String] = []
        var name: String?
        var trackerKey: [UInt8]?
        for (key, value) in try parameters(of: text) {
            if key.lowercased() == keyParameter { trackerKey = try TorrentLink.key(value, of: text) }
            // A number after a dot tells several of one kind apart: xt.1, tr.2.
            switch key.lowercased().split(separator: ".").first {
            case "xt": topics.append(value)
            case "tr": trackers.append(value)
            case "dn": name = name ?? value
            default: break
            }
        }
        return TorrentLink(
            infoHash: try infoHash(topics, text), tracker: try tracker(trackers, text), trackerKey: trackerKey,
            name: name.flatMap { $0.isEmpty ? nil : $0 })
    }

    static func text(_ link: TorrentLink) -> String {
        let name = link.name.map { "&dn=" + PercentCoding.encoded($0) } ?? ""
        return "magnet:?xt=\(hashPrefix)\(multihash)\(link.infoHash)\(name)"
            + "&tr=" + PercentCoding.encoded(link.tracker.description)
            + (link.trackerKey.flatMap(TorrentLink.digits).map { "&\(keyParameter)=\($0)" } ?? "")
    }

    private static func infoHash(_ topics: [String], _ text: String) throws(MetafileError) -> InfoHash {
        guard let topic = topics.first(where: { $0.lowercased().hasPrefix(hashPrefix) }) else {
            let found = topics.first.map { "it has \(TorrentLink.shown($0))" } ?? "it has none"
            throw TorrentLink.refusal(
                text,
                "the torrent must be named by xt=urn:btmh:1220 and 64 hexadecimal digits (BitTorrent v2); \(found)")
        }
        let digits = topic.dropFirst(hashPrefix.count)
        guard digits.hasPrefix(multihash), let infoHash = InfoHash(hex: digits.dropFirst(multihash.count)) else {
            throw TorrentLink.refusal(
                text, "xt must be urn:btmh:1220 and 64 hexadecimal digits, not \(TorrentLink.shown(topic))")
        }
        return infoHash
    }

    /// The first tracker that speaks our protocol; a link may name others beside it.
    private static func tracker(_ trackers: [String], _ text: String) throws(MetafileError) -> TrackerURI {
        if let ours = trackers.first(where: { $0.hasPrefix("tcp://") }) {
            return try TorrentLink.tracker(ours, of: text)
        }
        let found = trackers.first.map { "it has \(TorrentLink.shown($0))" } ?? "it has none"
        throw TorrentLink.refusal(text, "a tracker of the form tr=tcp://HOST:PORT is needed; \(found)")
    }

    private static func parameters(of text: String) throws(MetafileError) -> [(key: String, value: String)] {
        let query = text.dropFirst("magnet:".count)
        guard query.hasPrefix("?") else {
            throw TorrentLink.refusal(text, "a magnet link begins with \"magnet:?\"; in a shell it must be quoted")
        }
        var parameters: [(key: String, value: String)] = []
        for part in query.dropFirst().split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { continue }
            guard let value = PercentCoding.decoded(sides[1]) else {
                throw TorrentLink.refusal(
                    text, "\(TorrentLink.shown(part)) is not percent-encoded UTF-8; write % as %25")
            }
            parameters.append((String(sides[0]), value))
        }
        return parameters
    }
}
