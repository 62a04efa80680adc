/// Which tracker of a metafile is used: metafiles of other programs name trackers that speak HTTP or UDP, or none.
enum TrackerChoice {
    /// The first `tcp://` one of `announce` and then of `announce-list` (BEP 12).
    ///
    /// - Throws: `MetafileError` where there is none, or where it is written wrongly.
    static func tracker(of fields: DictionaryFields) throws(MetafileError) -> TrackerURI {
        for text in try texts(fields) where text.hasPrefix(TrackerURI.scheme) {
            let key = fields[MetafileKey.announce] == nil ? MetafileKey.announceList : MetafileKey.announce
            return try fields.located(at: key) { () throws(MetafileError) in try TrackerURI(text) }
        }
        throw fields.failure(
            .unsupported, at: MetafileKey.announce,
            "it names no tracker that is reached by tcp://HOST:PORT; give one with --tracker tcp://HOST:PORT")
    }

    private static func texts(_ fields: DictionaryFields) throws(MetafileError) -> [String] {
        var texts: [String] = []
        if fields[MetafileKey.announce] != nil {
            texts.append(try fields.text(MetafileKey.announce))
        }
        guard let range = fields[MetafileKey.announceList] else { return texts }
        let list: BencodeValue
        do {
            list = try BencodeDecoder(Array(fields.bytes[range])).decode()
        } catch {
            throw fields.failure(.tooLarge, at: MetafileKey.announceList, "the list of trackers: \(error.message)")
        }
        guard case .list(let tiers) = list else {
            throw fields.failure(
                at: MetafileKey.announceList, "\"\(MetafileKey.announceList)\" must be a list; it is \(list.kind)")
        }
        for case .list(let tier) in tiers {
            for case .bytes(let bytes) in tier {
                if let text = String(validating: bytes, as: UTF8.self) { texts.append(text) }
            }
        }
        return texts
    }
}
