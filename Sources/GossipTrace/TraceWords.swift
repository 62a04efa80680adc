import GossipCore

/// The words of one line, read from left to right.
struct TraceWords {
    /// A word that is not what its place asks for.
    struct Fault: Error, Equatable {
        let text: String
    }

    private var rest: ArraySlice<Substring>

    /// - Parameter text: words with one space between two of them.
    init(_ text: some StringProtocol) {
        rest = text.isEmpty ? [] : String(text).split(separator: " ", omittingEmptySubsequences: false)[...]
    }

    var isEmpty: Bool { rest.isEmpty }

    /// The next word.
    /// - Parameter expected: what it must be, such as `a cycle`.
    mutating func word(_ expected: String) throws(Fault) -> String {
        guard let word = rest.popFirst() else { throw Fault(text: "the line ends where \(expected) must be") }
        return String(word)
    }

    /// Takes a word that must stand here.
    mutating func skip(_ word: String) throws(Fault) {
        let found = try self.word(word)
        if found != word { throw Self.fault(found, word) }
    }

    /// Takes a `-` where it is next: nothing is there.
    mutating func takeNone() -> Bool {
        guard rest.first == "-" else { return false }
        rest.removeFirst()
        return true
    }

    mutating func end() throws(Fault) {
        if let word = rest.first { throw Self.fault(String(word), "the end of the line") }
    }

    mutating func number<Number: FixedWidthInteger>(
        _ expected: String, prefix: String = "", in range: ClosedRange<Number> = 0 ... .max
    ) throws(Fault) -> Number {
        let word = try word(expected)
        let digits = word.dropFirst(prefix.count)
        guard word.hasPrefix(prefix), digits.first != "+", let number = Number(digits), range.contains(number) else {
            throw Self.fault(word, expected)
        }
        return number
    }

    mutating func cycle() throws(Fault) -> Cycle { try number("a cycle") }

    /// A length of time, in nanoseconds; one of zero is none.
    mutating func span() throws(Fault) -> TimeSpan {
        TimeSpan(nanoseconds: try number("a number of nanoseconds from 1 on", in: 1 ... .max))
    }

    mutating func chunk() throws(Fault) -> ChunkID { try number("a chunk's number") }

    mutating func peer() throws(Fault) -> PeerID { PeerID(try number("a peer such as p3", prefix: "p")) }

    /// All peers up to the end of the line.
    mutating func peers() throws(Fault) -> [PeerID] {
        var peers: [PeerID] = []
        while !isEmpty { peers.append(try peer()) }
        return peers
    }

    /// A peer, or nil for `?`.
    mutating func knownPeer() throws(Fault) -> PeerID? {
        if rest.first == "?" {
            rest.removeFirst()
            return nil
        }
        return try peer()
    }

    /// Whether bytes were right.
    mutating func validity() throws(Fault) -> Bool {
        let outcome = try word("valid or corrupt")
        guard ["valid", "corrupt"].contains(outcome) else { throw Self.fault(outcome, "valid or corrupt") }
        return outcome == "valid"
    }

    mutating func token() throws(Fault) -> MessageToken {
        MessageToken(try number("a message such as #12", prefix: "#"))
    }

    static func fault(_ word: String, _ expected: String) -> Fault {
        let shown = word.unicodeScalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : String($0) }
        return Fault(text: "\(word.isEmpty ? "an empty word" : shown.joined()) where \(expected) must be")
    }
}

extension MessageToken {
    var traceText: String { "#\(rawValue)" }
}
