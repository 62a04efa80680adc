import GossipCore

extension HoldingsUpdate {
    private static let everything = "everything"

    /// The version and what it adds to an earlier one, or all of it: `77:5 +3:4,0`, `77:5 0-4` or `77:9 everything`.
    var traceText: String {
        switch content {
        case .everything: "\(version.traceText) \(Self.everything)"
        case .chunks(let chunks): "\(version.traceText) \(chunks.traceText)"
        case .added(let since, let chunks): "\(version.traceText) +\(since):\(chunks.traceText)"
        }
    }

    init(trace words: inout TraceWords, chunkCount: UInt32) throws(TraceWords.Fault) {
        let version = try words.version()
        let word = try words.word("the chunks held")
        let content: Content
        if word == Self.everything {
            content = .everything
        } else if word.hasPrefix("+") {
            let parts = word.dropFirst().split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let since = UInt32(digits: parts[0]), let chunks = [ChunkID](trace: parts[1]) else {
                throw TraceWords.fault(word, "chunks that were added, such as +3:4,0,")
            }
            content = .added(since: since, chunks)
        } else {
            content = .chunks(try ChunkSet(trace: word, chunkCount: chunkCount))
        }
        self.init(version: version, content: content)
    }
}

extension HoldingsVersion {
    /// The epoch and the number of chunks: `77:5`.
    var traceText: String { "\(epoch):\(count)" }

    fileprivate init(trace word: String) throws(TraceWords.Fault) {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = UInt64(digits: parts[0]), let count = UInt32(digits: parts[1]) else {
            throw TraceWords.fault(word, "a version such as 77:5")
        }
        self.init(epoch: epoch, count: count)
    }
}

extension [ChunkID] {
    /// In their order: `5,0,3`, or `-` for none.
    var traceText: String { isEmpty ? "-" : map(\.description).joined(separator: ",") }

    fileprivate init?(trace word: some StringProtocol) {
        self = []
        if word == "-" { return }
        for part in word.split(separator: ",", omittingEmptySubsequences: false) {
            guard let chunk = ChunkID(digits: part) else { return nil }
            append(chunk)
        }
    }
}

extension TraceWords {
    mutating func version() throws(Fault) -> HoldingsVersion {
        try HoldingsVersion(trace: try word("a version such as 77:5"))
    }

    /// A version, or nil for `?`.
    mutating func knownVersion() throws(Fault) -> HoldingsVersion? {
        let word = try word("a version such as 77:5")
        return word == "?" ? nil : try HoldingsVersion(trace: word)
    }

    mutating func chunks() throws(Fault) -> [ChunkID] {
        let word = try word("chunks such as 5,0,3")
        guard let chunks = [ChunkID](trace: word) else { throw Self.fault(word, "chunks such as 5,0,3") }
        return chunks
    }

    mutating func receiver() throws(Fault) -> ReceiverID {
        ReceiverID(try number("a receiver such as r3", prefix: "r"))
    }
}

extension ReceiverID {
    var traceText: String { "r\(rawValue)" }
}

extension FixedWidthInteger {
    /// Reads digits alone: the standard library would take a sign as well.
    init?(digits: some StringProtocol) {
        guard digits.first != "+", digits.first != "-" else { return nil }
        self.init(digits)
    }
}
