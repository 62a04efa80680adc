import GossipCore

extension PeerEvent {
    enum Verb: String, CaseIterable {
        case cycleStarted, peersReceived, requestReceived, replyReceived, messageRefused, chunkVerified
        case requestUndelivered, peerReached, digestWaitEnded, peerGone, decoded, joinDue
        case exchangeRequested, exchangeAnswered, exchangeUndelivered, chunkServed, receiverGone
        case intervalHeard, cycleEnding
    }

    private static let verbs = traceChoice(Verb.allCases.map(\.rawValue))

    /// One line, without its mark: `requestReceived push 3 5 #12`.
    package var traceText: String {
        switch self {
        case .cycleStarted(let cycle): "\(Verb.cycleStarted) \(cycle)"
        case .intervalHeard(let interval): "\(Verb.intervalHeard) \(interval.nanoseconds)"
        case .cycleEnding(let cycle): "\(Verb.cycleEnding) \(cycle)"
        case .peersReceived(let peers):
            ([Verb.peersReceived.rawValue] + peers.map(\.description)).joined(separator: " ")
        case .joinDue(let contacts): ([Verb.joinDue.rawValue] + contacts.map(\.description)).joined(separator: " ")
        case .requestReceived(let request, let token):
            "\(Verb.requestReceived) \(request.traceText) \(token.traceText)"
        case .replyReceived(let reply, let peer, let token):
            "\(Verb.replyReceived) \(reply.traceText) \(peer) \(token.traceText)"
        case .messageRefused: "\(Verb.messageRefused)"
        case .chunkVerified(let token, let isValid):
            "\(Verb.chunkVerified) \(token.traceText) \(isValid ? "valid" : "corrupt")"
        case .decoded(let token, let isValid):
            "\(Verb.decoded) \(token.traceText) \(isValid ? "valid" : "corrupt")"
        case .requestUndelivered(let request, let peer): "\(Verb.requestUndelivered) \(request.traceText) \(peer)"
        case .peerReached(let peer): "\(Verb.peerReached) \(peer)"
        case .digestWaitEnded(let cycle): "\(Verb.digestWaitEnded) \(cycle)"
        case .peerGone(let peer): "\(Verb.peerGone) \(peer)"
        case .exchangeRequested(let request, let receiver, let opener):
            "\(Verb.exchangeRequested) \(request.traceText) \(receiver.traceText) \(opener?.description ?? "?")"
        case .exchangeAnswered(let reply, let peer, let token):
            "\(Verb.exchangeAnswered) \(reply.traceText) \(peer) \(token.traceText)"
        case .exchangeUndelivered(let request, let peer): "\(Verb.exchangeUndelivered) \(request.traceText) \(peer)"
        case .chunkServed(let receiver): "\(Verb.chunkServed) \(receiver.traceText)"
        case .receiverGone(let receiver): "\(Verb.receiverGone) \(receiver.traceText)"
        }
    }

    init(trace words: inout TraceWords, chunkCount: UInt32) throws(TraceWords.Fault) {
        let word = try words.word("an event")
        guard let verb = Verb(rawValue: word) else { throw TraceWords.fault(word, Self.verbs) }
        switch verb {
        case .cycleStarted: self = .cycleStarted(try words.cycle())
        case .intervalHeard: self = .intervalHeard(try words.span())
        case .cycleEnding: self = .cycleEnding(try words.cycle())
        case .peersReceived:
            self = .peersReceived(try words.peers())
        case .joinDue: self = .joinDue(through: try words.peers())
        case .requestReceived:
            self = .requestReceived(try PeerRequest(trace: &words, chunkCount: chunkCount), try words.token())
        case .replyReceived:
            self = .replyReceived(
                try PeerReply(trace: &words, chunkCount: chunkCount), from: try words.peer(), try words.token())
        case .messageRefused: self = .messageRefused
        case .chunkVerified:
            self = .chunkVerified(try words.token(), isValid: try words.validity())
        case .decoded: self = .decoded(try words.token(), isValid: try words.validity())
        case .requestUndelivered:
            self = .requestUndelivered(try PeerRequest(trace: &words, chunkCount: chunkCount), to: try words.peer())
        case .peerReached: self = .peerReached(try words.peer())
        case .digestWaitEnded: self = .digestWaitEnded(try words.cycle())
        case .peerGone: self = .peerGone(try words.peer())
        case .exchangeRequested:
            let request = try ExchangeRequest(trace: &words, chunkCount: chunkCount)
            self = .exchangeRequested(request, by: try words.receiver(), opener: try words.knownPeer())
        case .exchangeAnswered:
            self = .exchangeAnswered(
                try ExchangeReply(trace: &words, chunkCount: chunkCount), from: try words.peer(), try words.token())
        case .exchangeUndelivered:
            self = .exchangeUndelivered(
                try ExchangeRequest(trace: &words, chunkCount: chunkCount), to: try words.peer())
        case .chunkServed: self = .chunkServed(to: try words.receiver())
        case .receiverGone: self = .receiverGone(try words.receiver())
        }
        try words.end()
    }
}
