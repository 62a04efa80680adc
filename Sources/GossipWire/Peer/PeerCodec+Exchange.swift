import GossipCore

/// The verbs of the bulk exchange.
extension PeerCodec {
    /// The frames of a request.
    /// - Parameter reference: where the sender's own ROUTER listens, which an opening tells.
    package func frames(of request: ExchangeRequest, from reference: PeerReference) -> [[UInt8]] {
        switch request {
        case .open(let cycle, let update, let known):
            header(Word.exchange, cycle) + [reference.bytes, update.frame, known?.frame ?? []]
        case .want(let cycle, let chunks):
            header(asksForProofs ? Word.wantProven : Word.want, cycle) + [chunks.frame]
        case .ready(let cycle): header(Word.ready, cycle)
        case .cancel(let cycle, let chunks): header(Word.cancel, cycle) + [chunks.frame]
        }
    }

    /// The frames of a reply; those of a chunk without its bytes.
    package func frames(of reply: ExchangeReply) -> [[UInt8]] {
        switch reply {
        case .opened(let cycle, let update, let known, let queued):
            header(Word.exchange, cycle) + [update.frame, known?.frame ?? [], queued.frame]
        case .busy(let cycle): header(Word.busy, cycle)
        case .got(let cycle, let update): header(Word.got, cycle) + [update.frame]
        case .grant(let cycle, let credit, let suggested):
            header(Word.grant, cycle) + [credit.frame, suggested.frame]
        case .chunk(let cycle, let chunk): frames(of: PeerReply.chunk(cycle: cycle, chunk: chunk))
        case .none(let cycle, let chunk): frames(of: PeerReply.none(cycle: cycle, chunk: chunk))
        }
    }

    /// Reads a request of the exchange, and who opens it; nil where the verb is none of the exchange's.
    package func exchangeRequest(
        _ frames: WireFrames
    ) throws(WireError) -> (request: ExchangeRequest, opener: PeerReference?)? {
        try frames.checkSignature()
        if frames.frame(1, equals: Word.want) {
            let cycle = try cycle(of: frames, "want", count: 5)
            return (.want(cycle: cycle, try chunks(frames[4])), nil)
        } else if frames.frame(1, equals: Word.wantProven) {
            let cycle = try cycle(of: frames, "want_proven", count: 5)
            return (.want(cycle: cycle, try chunks(frames[4])), nil)
        } else if frames.frame(1, equals: Word.ready) {
            return (.ready(cycle: try cycle(of: frames, "ready", count: 4)), nil)
        } else if frames.frame(1, equals: Word.exchange) {
            let cycle = try cycle(of: frames, "exchange", count: 7)
            let opener = try frames.peerReference(4)
            return (.open(cycle: cycle, try holdings(frames[5]), known: try version(frames[6])), opener)
        } else if frames.frame(1, equals: Word.cancel) {
            let cycle = try cycle(of: frames, "cancel", count: 5)
            return (.cancel(cycle: cycle, try chunks(frames[4])), nil)
        }
        return nil
    }

    /// Reads a reply of the exchange; nil where the verb is none of the exchange's.
    package func exchangeReply(_ frames: WireFrames) throws(WireError) -> ExchangeReply? {
        try frames.checkSignature()
        if [Word.chunk, Word.proven, Word.none].contains(where: { frames.frame(1, equals: $0) }) {
            switch try reply(frames) {
            case .chunk(let cycle, let chunk): return .chunk(cycle: cycle, chunk: chunk)
            case .none(let cycle, let chunk): return ExchangeReply.none(cycle: cycle, chunk: chunk)
            case .late, .have, .coded, .shuffle, .malformed: return nil
            }
        } else if frames.frame(1, equals: Word.grant) {
            let cycle = try cycle(of: frames, "grant", count: 6)
            guard let credit = frames.integer(4, as: UInt32.self) else {
                throw WireError(.malformed, "credit has 4 bytes, not \(frames[4].count)")
            }
            return .grant(cycle: cycle, credit: credit, suggested: try chunks(frames[5]))
        } else if frames.frame(1, equals: Word.got) {
            let cycle = try cycle(of: frames, "got", count: 5)
            return .got(cycle: cycle, try holdings(frames[4]))
        } else if frames.frame(1, equals: Word.exchange) {
            let cycle = try cycle(of: frames, "exchange", count: 7)
            return .opened(
                cycle: cycle, try holdings(frames[4]), known: try version(frames[5]), queued: try chunks(frames[6]))
        } else if frames.frame(1, equals: Word.busy) {
            return .busy(cycle: try cycle(of: frames, "busy", count: 4))
        }
        return nil
    }

    private func cycle(of frames: WireFrames, _ verb: String, count: Int) throws(WireError) -> Cycle {
        try frames.checkCount(count, of: verb)
        return try cycle(frames)
    }
}
