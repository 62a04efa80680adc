import GossipCore

extension [ViewEntry] {
    /// Each peer with its age: `p0:0,p3:5`, or `-` for none.
    var traceText: String { isEmpty ? "-" : map { "\($0.peer):\($0.age)" }.joined(separator: ",") }

    fileprivate init?(trace word: String) {
        self = []
        if word == "-" { return }
        for part in word.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = part.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].first == "p", let peer = UInt32(digits: parts[0].dropFirst()),
                let age = UInt16(digits: parts[1])
            else { return nil }
            append(ViewEntry(PeerID(peer), age: age))
        }
    }
}

extension TraceWords {
    /// The entries of a shuffle.
    mutating func entries() throws(Fault) -> [ViewEntry] {
        let expected = "peers and ages such as p0:0,p3:5"
        let word = try word(expected)
        guard let entries = [ViewEntry](trace: word) else { throw Self.fault(word, expected) }
        return entries
    }

    /// Where peers come from, as a trace's header says.
    mutating func peerSampling() throws(Fault) -> PeerSampling {
        let expected = "tracker or cyclon"
        let word = try word(expected)
        guard let kind = PeerSampling.Kind(rawValue: word) else { throw Self.fault(word, expected) }
        switch kind {
        case .tracker: return .tracker
        case .cyclon:
            let viewSize = try size("view-size", upTo: PeerSampling.viewSizes.upperBound)
            let length = try size("shuffle-length", upTo: viewSize)
            return .cyclon(viewSize: UInt16(viewSize), shuffleLength: UInt16(length))
        }
    }

    private mutating func size(_ name: String, upTo limit: Int) throws(Fault) -> Int {
        try number("\(name)= and a number from 1 to \(limit)", prefix: "\(name)=", in: 1...limit)
    }
}

extension PeerSampling {
    /// `tracker`, or `cyclon view-size=20 shuffle-length=8`.
    var traceText: String {
        switch self {
        case .tracker: kind.rawValue
        case .cyclon(let viewSize, let length): "\(kind.rawValue) view-size=\(viewSize) shuffle-length=\(length)"
        }
    }
}
