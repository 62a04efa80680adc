import GossipCore

/// Actions as the scenarios and the traces of swarms write them, one line each.
enum Trace {
    static func line(_ action: PeerAction) -> String {
        switch action {
        case .send(let request, let peer): "send \(text(request)) to \(peer)"
        case .reply(let reply, let token): "reply \(text(reply)) to \(text(token))"
        case .verifyChunk(let chunk, let token): "verify chunk \(chunk) of \(text(token))"
        case .storeChunk(let chunk, let token): "store chunk \(chunk) of \(text(token))"
        case .reportCorruptChunk(let chunk, let token): "report corrupt chunk \(chunk) of \(text(token))"
        case .release(let token): "release \(text(token))"
        case .startDigestWait(let cycle): "start digest wait \(cycle)"
        case .awaitCycleEnding(let cycle, let span): "await the ending of \(cycle) after \(span.milliseconds) ms"
        case .dropLink(let peer): "drop link to \(peer)"
        case .forgetPeer(let peer): "forget \(peer)"
        case .seekPeers: "seek peers"
        case .reportProgress(let snapshot):
            "report progress \(snapshot.cycle): \(art(snapshot.held)) \(text(snapshot.counts))"
        case .reportCompletion(let cycle): "report completion \(cycle)"
        case .ask(let request, let peer): "ask \(text(request)) of \(peer)"
        case .answer(let reply, let receiver): "answer \(text(reply)) to r\(receiver.rawValue)"
        case .forgetReceiver(let receiver): "forget receiver r\(receiver.rawValue)"
        case .storeCoded(let vector, let token): "store \(text(vector)) of \(text(token))"
        case .decode(let token): "decode at \(text(token))"
        case .storeDecoded: "store what was decoded"
        case .discardCoded: "discard what is coded"
        case .reportCodedProgress(let cycle, let rank, let counts):
            "report progress \(cycle): rank \(rank) \(text(counts))"
        }
    }

    static func text(_ counts: MessageCounts) -> String {
        let counted = MessageCounts.fields.filter { counts[keyPath: $0.path] > 0 }
        return counted.isEmpty
            ? "nothing" : counted.map { "\($0.name)=\(counts[keyPath: $0.path])" }.joined(separator: " ")
    }

    private static func text(_ request: PeerRequest) -> String {
        switch request {
        case .push(let cycle, let chunk): "push \(cycle)/\(chunk)"
        case .pull(let cycle, let chunk): "pull \(cycle)/\(chunk)"
        case .have(let cycle, let digest): "have \(cycle) \(digest.map(art) ?? "?")"
        case .coded(let cycle, let vector): "coded \(cycle) \(text(vector))"
        case .pullCoded(let cycle): "pull coded \(cycle)"
        case .shuffle(let cycle, let entries): "shuffle \(cycle) \(text(entries))"
        }
    }

    private static func text(_ entries: [ViewEntry]) -> String {
        entries.map { "\($0.peer):\($0.age)" }.joined(separator: " ")
    }

    private static func text(_ reply: PeerReply) -> String {
        switch reply {
        case .chunk(let cycle, let chunk): "chunk \(cycle)/\(chunk)"
        case .none(let cycle, let chunk): "none \(cycle)/\(chunk)"
        case .late(let cycle, let chunk): "late \(cycle)/\(chunk)"
        case .have(let cycle, let digest): "have \(cycle) \(art(digest))"
        case .coded(let cycle, let vector): "coded \(cycle) \(text(vector))"
        case .shuffle(let cycle, let entries): "shuffle \(cycle) \(text(entries))"
        case .malformed: "malformed"
        }
    }

    private static func text(_ request: ExchangeRequest) -> String {
        switch request {
        case .open(let cycle, let update, let known): "open \(cycle) \(text(update)) \(text(known))"
        case .want(let cycle, let chunks): "want \(cycle)/\(list(chunks))"
        case .ready(let cycle): "ready \(cycle)"
        case .cancel(let cycle, let chunks): "cancel \(cycle)/\(list(chunks))"
        }
    }

    private static func text(_ reply: ExchangeReply) -> String {
        switch reply {
        case .opened(let cycle, let update, let known, let queued):
            "opened \(cycle) \(text(update)) \(text(known)) queued \(list(queued))"
        case .busy(let cycle): "busy \(cycle)"
        case .got(let cycle, let update): "got \(cycle) \(text(update))"
        case .grant(let cycle, let credit, let suggested): "grant \(cycle) \(credit) suggests \(list(suggested))"
        case .chunk(let cycle, let chunk): "chunk \(cycle)/\(chunk)"
        case .none(let cycle, let chunk): "none \(cycle)/\(chunk)"
        }
    }

    private static func text(_ update: HoldingsUpdate) -> String {
        switch update.content {
        case .everything: "holds everything"
        case .chunks(let chunks): "holds \(art(chunks))"
        case .added(let since, let chunks): "holds since \(since) \(list(chunks))"
        }
    }

    private static func text(_ known: HoldingsVersion?) -> String {
        known.map { "knows \($0.count)" } ?? "knows nothing"
    }

    private static func list(_ chunks: [ChunkID]) -> String {
        "[" + chunks.map(String.init).joined(separator: " ") + "]"
    }

    static func art(_ set: ChunkSet) -> String { set.chunkCount == 0 ? "empty" : set.art }

    private static func text(_ vector: CodedVector) -> String {
        vector.coefficients.map { String($0, radix: 16) }.joined(separator: ".")
    }

    private static func text(_ token: MessageToken) -> String { "m\(token.rawValue)" }

    /// FNV-1a, 64 bits: a trace as one number, the same on every machine and toolchain.
    static func digest(_ lines: [String]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for line in lines {
            for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 10) &* 0x100_0000_01b3
        }
        return hash
    }
}
