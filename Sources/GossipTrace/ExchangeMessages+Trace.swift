import GossipCore

extension ExchangeRequest {
    private enum Verb: String, CaseIterable {
        case open, want, ready, cancel
    }

    private static let verbs = traceChoice(Verb.allCases.map(\.rawValue))

    /// Such as `want 3 5,0`: the cycle and the chunks.
    var traceText: String {
        switch self {
        case .open(let cycle, let update, let known):
            "\(Verb.open) \(cycle) \(update.traceText) \(known?.traceText ?? "?")"
        case .want(let cycle, let chunks): "\(Verb.want) \(cycle) \(chunks.traceText)"
        case .ready(let cycle): "\(Verb.ready) \(cycle)"
        case .cancel(let cycle, let chunks): "\(Verb.cancel) \(cycle) \(chunks.traceText)"
        }
    }

    init(trace words: inout TraceWords, chunkCount: UInt32) throws(TraceWords.Fault) {
        let word = try words.word(Self.verbs)
        guard let verb = Verb(rawValue: word) else { throw TraceWords.fault(word, Self.verbs) }
        let cycle = try words.cycle()
        switch verb {
        case .open:
            let update = try HoldingsUpdate(trace: &words, chunkCount: chunkCount)
            self = .open(cycle: cycle, update, known: try words.knownVersion())
        case .want: self = .want(cycle: cycle, try words.chunks())
        case .ready: self = .ready(cycle: cycle)
        case .cancel: self = .cancel(cycle: cycle, try words.chunks())
        }
    }
}

extension ExchangeReply {
    private enum Verb: String, CaseIterable {
        case opened, busy, got, grant, chunk, none
    }

    private static let verbs = traceChoice(Verb.allCases.map(\.rawValue))

    /// Such as `grant 3 2 5,0`: the cycle, the chunks that may be asked for, and those that are suggested.
    var traceText: String {
        switch self {
        case .opened(let cycle, let update, let known, let queued):
            "\(Verb.opened) \(cycle) \(update.traceText) \(known?.traceText ?? "?") \(queued.traceText)"
        case .busy(let cycle): "\(Verb.busy) \(cycle)"
        case .got(let cycle, let update): "\(Verb.got) \(cycle) \(update.traceText)"
        case .grant(let cycle, let credit, let suggested): "\(Verb.grant) \(cycle) \(credit) \(suggested.traceText)"
        case .chunk(let cycle, let chunk): "\(Verb.chunk) \(cycle) \(chunk)"
        case .none(let cycle, let chunk): "\(Verb.none) \(cycle) \(chunk)"
        }
    }

    init(trace words: inout TraceWords, chunkCount: UInt32) throws(TraceWords.Fault) {
        let word = try words.word(Self.verbs)
        guard let verb = Verb(rawValue: word) else { throw TraceWords.fault(word, Self.verbs) }
        let cycle = try words.cycle()
        switch verb {
        case .opened:
            let update = try HoldingsUpdate(trace: &words, chunkCount: chunkCount)
            let known = try words.knownVersion()
            self = .opened(cycle: cycle, update, known: known, queued: try words.chunks())
        case .busy: self = .busy(cycle: cycle)
        case .got: self = .got(cycle: cycle, try HoldingsUpdate(trace: &words, chunkCount: chunkCount))
        case .grant:
            let credit: UInt32 = try words.number("a number of chunks")
            self = .grant(cycle: cycle, credit: credit, suggested: try words.chunks())
        case .chunk: self = .chunk(cycle: cycle, chunk: try words.chunk())
        case .none: self = ExchangeReply.none(cycle: cycle, chunk: try words.chunk())
        }
    }
}
