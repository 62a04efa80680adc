import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// What comes from other peers: requests at the ROUTER, answers on the links.
extension PeerShell {
    /// A request, and what stands beside it.
    private typealias ReadRequest = (
        content: Result<Request, WireError>, sender: [UInt8], reading: CycleReading?, wantsProofs: Bool?
    )

    /// A reply, and what stands beside it.
    private typealias ReadReply = (content: Result<Reply, WireError>, reading: CycleReading?, proof: ChunkProof?)

    private enum Request {
        case gossip(PeerRequest)
        case exchange(ExchangeRequest, PeerReference?)
    }

    private enum Reply {
        case gossip(PeerReply)
        case exchange(ExchangeReply)
    }

    private func request(_ frames: WireFrames) throws(WireError) -> Request {
        if exchangesInBulk, let read = try codec.exchangeRequest(frames) { return .exchange(read.request, read.opener) }
        return .gossip(try codec.request(frames, identify: identify))
    }

    private func reply(_ frames: WireFrames) throws(WireError) -> Reply {
        if exchangesInBulk, let reply = try codec.exchangeReply(frames) { return .exchange(reply) }
        return .gossip(try codec.reply(frames, identify: identify))
    }

    func receiveRequests() {
        for _ in 0..<Self.messagesPerTurn {
            guard (try? router.receive(into: &inbox)) == true else { return }
            guard admitsSender(of: inbox) else { continue }
            nameLink(of: inbox)
            // The first frame is the sender's identity; the ROUTER put it there.
            let read = inbox.withFrames { frames -> ReadRequest in
                let rest = WireFrames(UnsafeBufferPointer(rebasing: frames[1...]))
                return (
                    Result { () throws(WireError) in try self.request(rest) }, Array(frames[0]), codec.reading(rest),
                    codec.wantsProofs(rest)
                )
            }
            switch read.content {
            case .success(.gossip(let request)):
                accept(request, from: read.sender, wantsProof: read.wantsProofs == true)
                noteShuffle(read.reading)
            case .success(.exchange(let request, let opener)):
                accept(
                    request, opener: opener.flatMap { isSender($0, of: inbox) ? $0 : nil }, from: read.sender,
                    wantsProofs: read.wantsProofs)
            case .failure(let error):
                handle(.messageRefused)
                tell(read.sender, error.frames)
            }
        }
    }

    private func accept(_ request: PeerRequest, from sender: [UInt8], wantsProof: Bool) {
        var data = Message()
        switch request {
        case .push(_, let chunk):
            // Who pushes does not know that a proof is needed: nobody's fault, and nothing that could be checked.
            guard store.knowsHash(of: chunk) else {
                handle(.messageRefused)
                return
            }
            data = inbox.takeFrame(at: PeerCodec.dataFrame + 1)
        case .coded:
            data = inbox.takeFrame(at: PeerCodec.dataFrame + 1)
            guard isOfPacketSize(data) else {
                handle(.messageRefused)
                tell(sender, WireError(.malformed, "packets are of another size here").frames)
                return
            }
            bytesReceived += UInt64(data.count)
        case .pull, .have, .pullCoded, .shuffle: break
        }
        let message = KeptMessage(
            returnAddress: sender, sender: Self.name(ofIdentity: sender), key: senderKey(of: inbox), data: data,
            wantsProof: wantsProof)
        handle(.requestReceived(request, slots.keep(message)))
    }

    func receiveReplies(_ link: PeerLink) {
        for _ in 0..<Self.messagesPerTurn {
            guard !link.socket.isClosed, (try? link.socket.receive(into: &inbox)) == true else { return }
            guard admits(link) else { continue }
            let read = inbox.withFrames { frames -> ReadReply in
                let frames = WireFrames(frames)
                return (
                    Result { () throws(WireError) in try reply(frames) }, codec.reading(frames),
                    codec.proof(frames).flatMap { ChunkProof(decoding: $0) }
                )
            }
            switch read.content {
            case .success(.exchange(let reply)):
                accept(reply, from: link.peer, read.proof)
            case .success(.gossip(let reply)):
                accept(reply, from: link.peer, read.proof)
                noteShuffle(read.reading)
            case .failure(let error):
                handle(.messageRefused)
                log.debug("refused", metadata: ["peer": "\(link.peer)", "error": "\(error)"])
            }
        }
    }

    private func accept(_ reply: PeerReply, from peer: PeerID, _ proof: ChunkProof?) {
        var data = Message()
        let liar = liar(reply.denied, peer)
        defer { if let liar { noteBrokenPromise(of: liar) } }
        switch reply {
        case .chunk: data = takeChunk(proof)
        case .coded:
            data = inbox.takeFrame(at: PeerCodec.dataFrame)
            guard isOfPacketSize(data) else {
                handle(.messageRefused)
                return
            }
            bytesReceived += UInt64(data.count)
        case .none, .late, .have, .shuffle, .malformed: break
        }
        let sender = directory[peer]?.description ?? "\(peer)"
        let message = KeptMessage(
            returnAddress: nil, sender: sender, key: links[peer]?.key, data: data, proof: proof)
        handle(.replyReceived(reply, from: peer, slots.keep(message)))
    }

    /// The key of a peer that answers `none` of what it said it holds; nil where it does not, and in an open swarm.
    func liar(_ denied: (cycle: Cycle, chunk: ChunkID)?, _ peer: PeerID) -> CurvePublicKey? {
        guard let denied, let key = links[peer]?.key else { return nil }
        return machine.isBrokenPromise(denied.chunk, cycle: denied.cycle, of: peer) ? key : nil
    }

    /// The bytes of the chunk in the inbox.
    func takeChunk(_ proof: ChunkProof?) -> Message {
        inbox.takeFrame(at: proof == nil ? PeerCodec.dataFrame : PeerCodec.provenDataFrame)
    }

    /// After a shuffle: its sender's time may be news, and not all that it named was kept.
    private func noteShuffle(_ reading: CycleReading?) {
        guard shuffles else { return }
        forgetOthers()
        if let reading { hear(reading) }
    }

    /// Our own nodes' identities say who they are; a stranger's may be any bytes, which are shown in hex.
    private static func name(ofIdentity identity: [UInt8]) -> String {
        guard let slash = identity.lastIndex(of: UInt8(ascii: "/")),
            let reference = PeerReference(Array(identity[..<slash]))
        else { return "the unnamed " + identity.prefix(32).hex }
        return reference.description
    }
}

extension PeerReply {
    /// What a `none` is about.
    fileprivate var denied: (cycle: Cycle, chunk: ChunkID)? {
        if case .none(let cycle, let chunk) = self { (cycle, chunk) } else { nil }
    }
}
