import GossipCore

extension PeerRequest {
    private enum Verb: String, CaseIterable {
        case push, pull, have, coded, pullCoded, shuffle
    }

    private static let verbs = traceChoice(Verb.allCases.map(\.rawValue))

    /// Such as `push 3 5`: the cycle and the chunk; `have 3 ?` only asks.
    var traceText: String {
        switch self {
        case .push(let cycle, let chunk): "\(Verb.push) \(cycle) \(chunk)"
        case .pull(let cycle, let chunk): "\(Verb.pull) \(cycle) \(chunk)"
        case .have(let cycle, let digest): "\(Verb.have) \(cycle) \(digest?.traceText ?? "?")"
        case .coded(let cycle, let vector): "\(Verb.coded) \(cycle) \(vector.traceText)"
        case .pullCoded(let cycle): "\(Verb.pullCoded) \(cycle)"
        case .shuffle(let cycle, let entries): "\(Verb.shuffle) \(cycle) \(entries.traceText)"
        }
    }

    init(trace words: inout TraceWords, chunkCount: UInt32) throws(TraceWords.Fault) {
        let word = try words.word(Self.verbs)
        guard let verb = Verb(rawValue: word) else { throw TraceWords.fault(word, Self.verbs) }
        switch verb {
        case .push: self = .push(cycle: try words.cycle(), chunk: try words.chunk())
        case .pull: self = .pull(cycle: try words.cycle(), chunk: try words.chunk())
        case .have:
            let cycle = try words.cycle()
            let digest = try words.word("a digest")
            self = .have(
                cycle: cycle, digest: digest == "?" ? nil : try ChunkSet(trace: digest, chunkCount: chunkCount))
        case .coded: self = .coded(cycle: try words.cycle(), try CodedVector(trace: &words))
        case .pullCoded: self = .pullCoded(cycle: try words.cycle())
        case .shuffle: self = .shuffle(cycle: try words.cycle(), entries: try words.entries())
        }
    }
}

extension PeerReply {
    private enum Verb: String, CaseIterable {
        case chunk, none, late, have, coded, shuffle, malformed
    }

    private static let verbs = traceChoice(Verb.allCases.map(\.rawValue))

    /// Such as `chunk 3 5`: the cycle and the chunk.
    var traceText: String {
        switch self {
        case .chunk(let cycle, let chunk): "\(Verb.chunk) \(cycle) \(chunk)"
        case .none(let cycle, let chunk): "\(Verb.none) \(cycle) \(chunk)"
        case .late(let cycle, let chunk): "\(Verb.late) \(cycle) \(chunk)"
        case .have(let cycle, let digest): "\(Verb.have) \(cycle) \(digest.traceText)"
        case .coded(let cycle, let vector): "\(Verb.coded) \(cycle) \(vector.traceText)"
        case .shuffle(let cycle, let entries): "\(Verb.shuffle) \(cycle) \(entries.traceText)"
        case .malformed: "\(Verb.malformed)"
        }
    }

    init(trace words: inout TraceWords, chunkCount: UInt32) throws(TraceWords.Fault) {
        let word = try words.word(Self.verbs)
        guard let verb = Verb(rawValue: word) else { throw TraceWords.fault(word, Self.verbs) }
        switch verb {
        case .chunk: self = .chunk(cycle: try words.cycle(), chunk: try words.chunk())
        case .none: self = PeerReply.none(cycle: try words.cycle(), chunk: try words.chunk())
        case .late: self = .late(cycle: try words.cycle(), chunk: try words.chunk())
        case .have:
            let cycle = try words.cycle()
            self = .have(
                cycle: cycle, digest: try ChunkSet(trace: try words.word("a digest"), chunkCount: chunkCount))
        case .coded: self = .coded(cycle: try words.cycle(), try CodedVector(trace: &words))
        case .shuffle: self = .shuffle(cycle: try words.cycle(), entries: try words.entries())
        case .malformed: self = .malformed
        }
    }
}

/// Such as `push, pull or have`.
func traceChoice(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
}
