import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// The bulk exchange: receivers' links, and chunks that take their time to leave.
extension PeerShell {
    /// A receiver spoke.
    /// - Parameter wantsProofs: whether it asked for chunks with or without their proofs; nil where it asked for none.
    func accept(_ request: ExchangeRequest, opener: PeerReference?, from sender: [UInt8], wantsProofs: Bool?) {
        let opener = opener.flatMap { $0 == reference ? nil : directory.identifier(of: $0) }
        let receiver = receivers.identifier(of: sender)
        if let wantsProofs { receivers.note(receiver, wantsProofs: wantsProofs) }
        handle(.exchangeRequested(request, by: receiver, opener: opener))
        if opener != nil { forgetOthers() }
    }

    /// A source spoke.
    func accept(_ reply: ExchangeReply, from peer: PeerID, _ proof: ChunkProof?) {
        var data = Message()
        if case .chunk = reply { data = takeChunk(proof) }
        var liar: CurvePublicKey?
        if case .none(let cycle, let chunk) = reply { liar = self.liar((cycle, chunk), peer) }
        defer { if let liar { noteBrokenPromise(of: liar) } }
        let sender = directory[peer]?.description ?? "\(peer)"
        let message = KeptMessage(
            returnAddress: nil, sender: sender, key: links[peer]?.key, data: data, proof: proof)
        handle(.exchangeAnswered(reply, from: peer, slots.keep(message)))
    }

    /// Answers a receiver, with a chunk's bytes where it is one.
    func answer(_ reply: ExchangeReply, to receiver: ReceiverID) {
        guard let address = receivers[receiver] else { return }
        var frames = codec.frames(of: reply)
        do {
            guard case .chunk(let cycle, let chunk) = reply else {
                if tell(address, frames) == .unreachable { handle(.receiverGone(receiver)) }
                return
            }
            if receivers.wantsProofs(receiver) { frames = try provenFrames(chunk, cycle) }
            // Also where it is not sent the bytes are released, and the core hears that they are gone.
            let byteCount = configuration.metafile.layout.size(of: chunk)
            guard hasRoom(byteCount) else {
                // When it opens the exchange next it is told that this is lost; to say that it is not here would be a lie.
                return mail.add(.chunkServed(receiver, byteCount: 0))
            }
            answers.give(byteCount, to: address, at: .now)
            watchIdleLinks()
            let bytes = try store.read(chunk) { [mail] in
                mail.add(.answerTaken(link: address, byteCount: byteCount))
                mail.add(.chunkServed(receiver, byteCount: byteCount))
            }
            let size = UInt64(byteCount)
            switch try router.send(to: address, frames, last: bytes) {
            case .sent: bytesSent += size
            // The book bounds what is there of chunks; so many small answers wait that it reads none at all.
            case .wouldBlock: linkGuard?.cut(address, because: "it reads no answers")
            case .unreachable: handle(.receiverGone(receiver))
            }
        } catch let error as NodeError {
            end(.failure(error))
        } catch {
            log.warning("cannot answer", metadata: ["error": "\(error)"])
        }
    }
}
