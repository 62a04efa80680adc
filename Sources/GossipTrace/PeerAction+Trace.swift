import GossipCore

extension PeerAction {
    enum Verb: String, CaseIterable {
        case send, reply, verifyChunk, storeChunk, reportCorruptChunk, release, startDigestWait, dropLink
        case reportProgress, reportCompletion, storeCoded, decode, storeDecoded, discardCoded, reportCodedProgress
        case ask, answer, forgetReceiver, forgetPeer, seekPeers, awaitCycleEnding
    }

    private static let verbs = traceChoice(Verb.allCases.map(\.rawValue))

    /// One line, without its mark: `send pull 4 2 p3`.
    package var traceText: String {
        switch self {
        case .send(let request, let peer): "\(Verb.send) \(request.traceText) \(peer)"
        case .reply(let reply, let token): "\(Verb.reply) \(reply.traceText) \(token.traceText)"
        case .verifyChunk(let chunk, let token): "\(Verb.verifyChunk) \(chunk) \(token.traceText)"
        case .storeChunk(let chunk, let token): "\(Verb.storeChunk) \(chunk) \(token.traceText)"
        case .reportCorruptChunk(let chunk, let token): "\(Verb.reportCorruptChunk) \(chunk) \(token.traceText)"
        case .release(let token): "\(Verb.release) \(token.traceText)"
        case .startDigestWait(let cycle): "\(Verb.startDigestWait) \(cycle)"
        case .awaitCycleEnding(let cycle, let span): "\(Verb.awaitCycleEnding) \(cycle) \(span.nanoseconds)"
        case .dropLink(let peer): "\(Verb.dropLink) \(peer)"
        case .reportProgress(let snapshot):
            "\(Verb.reportProgress) \(snapshot.cycle) \(snapshot.held.traceText)\(snapshot.counts.traceText)"
        case .reportCompletion(let cycle): "\(Verb.reportCompletion) \(cycle)"
        case .storeCoded(let vector, let token): "\(Verb.storeCoded) \(vector.traceText) \(token.traceText)"
        case .decode(let token): "\(Verb.decode) \(token.traceText)"
        case .storeDecoded: "\(Verb.storeDecoded)"
        case .discardCoded: "\(Verb.discardCoded)"
        case .reportCodedProgress(let cycle, let rank, let counts):
            "\(Verb.reportCodedProgress) \(cycle) \(rank)\(counts.traceText)"
        case .forgetPeer(let peer): "\(Verb.forgetPeer) \(peer)"
        case .seekPeers: "\(Verb.seekPeers)"
        case .ask(let request, let peer): "\(Verb.ask) \(request.traceText) \(peer)"
        case .answer(let reply, let receiver): "\(Verb.answer) \(reply.traceText) \(receiver.traceText)"
        case .forgetReceiver(let receiver): "\(Verb.forgetReceiver) \(receiver.traceText)"
        }
    }

    init(trace words: inout TraceWords, chunkCount: UInt32) throws(TraceWords.Fault) {
        let word = try words.word("an action")
        guard let verb = Verb(rawValue: word) else { throw TraceWords.fault(word, Self.verbs) }
        switch verb {
        case .send: self = .send(try PeerRequest(trace: &words, chunkCount: chunkCount), to: try words.peer())
        case .reply: self = .reply(try PeerReply(trace: &words, chunkCount: chunkCount), to: try words.token())
        case .verifyChunk: self = .verifyChunk(try words.chunk(), try words.token())
        case .storeChunk: self = .storeChunk(try words.chunk(), try words.token())
        case .reportCorruptChunk: self = .reportCorruptChunk(try words.chunk(), try words.token())
        case .release: self = .release(try words.token())
        case .startDigestWait: self = .startDigestWait(try words.cycle())
        case .awaitCycleEnding: self = .awaitCycleEnding(try words.cycle(), after: try words.span())
        case .dropLink: self = .dropLink(try words.peer())
        case .reportProgress:
            let cycle = try words.cycle()
            let held = try ChunkSet(trace: try words.word("the chunks held"), chunkCount: chunkCount)
            self = .reportProgress(
                ProgressSnapshot(cycle: cycle, held: held, counts: try MessageCounts(trace: &words)))
        case .reportCompletion: self = .reportCompletion(try words.cycle())
        case .storeCoded: self = .storeCoded(try CodedVector(trace: &words), try words.token())
        case .decode: self = .decode(try words.token())
        case .storeDecoded: self = .storeDecoded
        case .discardCoded: self = .discardCoded
        case .reportCodedProgress:
            let cycle = try words.cycle()
            let rank: UInt32 = try words.number("a rank")
            self = .reportCodedProgress(cycle: cycle, rank: rank, try MessageCounts(trace: &words))
        case .forgetPeer: self = .forgetPeer(try words.peer())
        case .seekPeers: self = .seekPeers
        case .ask: self = .ask(try ExchangeRequest(trace: &words, chunkCount: chunkCount), of: try words.peer())
        case .answer:
            self = .answer(try ExchangeReply(trace: &words, chunkCount: chunkCount), to: try words.receiver())
        case .forgetReceiver: self = .forgetReceiver(try words.receiver())
        }
        try words.end()
    }
}

extension MessageCounts {
    /// Such as ` sent=3 useful=1`: what is not 0.
    fileprivate var traceText: String {
        Self.fields.map { field in
            let count = self[keyPath: field.path]
            return count == 0 ? "" : " \(field.name)=\(count)"
        }.joined()
    }

    fileprivate init(trace words: inout TraceWords) throws(TraceWords.Fault) {
        self.init()
        while !words.isEmpty {
            let word = try words.word("a counter")
            let parts = word.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let field = Self.fields.first(where: { $0.name == parts[0] }),
                let count = UInt64(parts[1])
            else { throw TraceWords.fault(word, "a counter such as sent=3") }
            self[keyPath: field.path] = count
        }
    }
}
