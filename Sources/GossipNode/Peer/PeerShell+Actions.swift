import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// What the core wants done.
extension PeerShell {
    func perform(_ action: PeerAction) {
        guard !hasFailed else { return }
        switch action {
        case .send(let request, let peer): send(.gossip(request), to: peer)
        case .reply(let reply, let token): send(reply, to: slots[token])
        case .verifyChunk(let chunk, let token): verify(chunk, token)
        // It was written when it was found to be right.
        case .storeChunk: break
        case .reportCorruptChunk(let chunk, let token): nameSender(of: slots[token], chunk)
        case .release(let token): slots.release(token)
        case .startDigestWait(let cycle): startDigestWait(cycle)
        case .awaitCycleEnding(let cycle, let span): awaitCycleEnding(cycle, after: span)
        case .dropLink(let peer): dropLink(peer)
        case .storeCoded(let vector, let token): storeCoded(vector, token)
        case .decode(let token): decode(token)
        case .storeDecoded: storeDecoded()
        case .discardCoded: discardCoded()
        case .forgetPeer(let peer): forget(peer)
        case .seekPeers: seekPeers()
        case .reportProgress(let snapshot): publishProgress(snapshot)
        case .reportCodedProgress(let cycle, let rank, let counts):
            publishProgress(of: cycle, chunks: rank, bitfield: nil, counts)
        case .reportCompletion: noteCompletion()
        case .ask(let request, let peer): send(.exchange(request), to: peer)
        case .answer(let reply, let receiver): answer(reply, to: receiver)
        case .forgetReceiver(let receiver): receivers.forget(receiver)
        }
    }

    private func send(_ request: LinkRequest, to peer: PeerID) {
        guard let link = link(to: peer) else {
            noteUndelivered(request, to: peer)
            return
        }
        switch link.send(request, transmit: { transmit($0, on: link) }) {
        case .sent, .waiting: break
        case .refused: noteUndelivered(request, to: peer)
        }
    }

    /// The link takes more; who was shut out since it did last gets nothing.
    func sendWaiting(on link: PeerLink) {
        guard admits(link) else { return dropLinksToThoseShutOut() }
        link.flush { transmit($0, on: link) }
    }

    /// A request that no link took in its cycle.
    func noteUndelivered(_ request: LinkRequest, to peer: PeerID) {
        switch request {
        case .gossip(let request): handle(.requestUndelivered(request, to: peer))
        case .exchange(let request): handle(.exchangeUndelivered(request, to: peer))
        }
    }

    /// Puts a request on a link.
    func transmit(_ request: LinkRequest, on link: PeerLink) -> SendOutcome {
        let outcome = write(request, to: link)
        if outcome == .sent {
            link.lastUse = machine.cycle
            count(request, to: link.peer)
        }
        if outcome == .sent, link.noteSent() { handle(.peerReached(link.peer)) }
        return outcome
    }

    private func count(_ request: LinkRequest, to peer: PeerID) {
        let count =
            switch request {
            case .gossip(.push), .gossip(.pull), .gossip(.coded), .gossip(.pullCoded): 1
            case .exchange(.want(_, let chunks)): chunks.count
            case .gossip, .exchange: 0
            }
        if count > 0 { sentTo[peer, default: 0] += UInt32(count) }
    }

    /// Sends a request's frames, with its chunk's bytes.
    private func write(_ request: LinkRequest, to link: PeerLink) -> SendOutcome {
        do {
            switch request {
            case .gossip(let request):
                let frames = codec.frames(of: request, reading: reading) { directory[$0] }
                return try write(request, frames, to: link)
            case .exchange(let request): return try link.socket.send(codec.frames(of: request, from: reference))
            }
        } catch let error as NodeError {
            end(.failure(error))
        } catch {
            log.warning("cannot send", metadata: ["peer": "\(link.peer)", "error": "\(error)"])
        }
        return .wouldBlock
    }

    private func write(
        _ request: PeerRequest, _ frames: [[UInt8]], to link: PeerLink
    ) throws -> SendOutcome {
        switch request {
        case .push(_, let chunk): return try write(frames, last: store.read(chunk), to: link)
        case .coded(_, let vector):
            guard let bytes = try codedFrame(vector) else { return .wouldBlock }
            return try write(frames, last: bytes, to: link)
        case .pull, .have, .pullCoded, .shuffle: return try link.socket.send(frames)
        }
    }

    private func write(
        _ frames: [[UInt8]], last bytes: consuming Message, to link: PeerLink
    ) throws(ZeroMQError) -> SendOutcome {
        let size = UInt64(bytes.count)
        let outcome = try link.socket.send(frames, last: bytes)
        if outcome == .sent { bytesSent += size }
        return outcome
    }

    private func send(_ reply: PeerReply, to message: KeptMessage) {
        guard let address = message.returnAddress else { return }
        let frames = codec.frames(of: reply, reading: reading) { directory[$0] }
        do {
            switch reply {
            case .chunk(let cycle, let chunk):
                let byteCount = configuration.metafile.layout.size(of: chunk)
                guard mayAnswer(address, byteCount) else { return refuse(.late(cycle: cycle, chunk: chunk), address) }
                let frames = message.wantsProof ? try provenFrames(chunk, cycle) : frames
                try answer(address, frames, last: outgoing(chunk, to: address))
            case .coded(let cycle, let vector):
                guard mayAnswer(address, Int(configuration.metafile.layout.chunkSize)) else {
                    return refuse(.late(cycle: cycle, chunk: 0), address)
                }
                guard let bytes = try codedFrame(vector) else { return }
                try answer(address, frames, last: outgoing(bytes, to: address))
            case .none, .late, .have, .shuffle, .malformed: tell(address, frames)
            }
        } catch let error as NodeError {
            end(.failure(error))
        } catch {
            log.warning("cannot answer", metadata: ["peer": "\(message.sender)", "error": "\(error)"])
        }
    }

    /// The frames of a chunk with its proof, but for the bytes.
    func provenFrames(_ chunk: ChunkID, _ cycle: Cycle) throws(NodeError) -> [[UInt8]] {
        codec.frames(ofProven: chunk, cycle: cycle, proof: try store.proof(of: chunk).encoded)
    }

    private func nameSender(of message: KeptMessage, _ chunk: ChunkID) {
        if let key = message.key { noteWrongChunk(from: key) }
        guard namedSenders.count < 1_000, namedSenders.insert(message.sender).inserted else { return }
        log.warning("wrong bytes", metadata: ["peer": "\(message.sender)", "chunk": "\(chunk)"])
    }

    private func dropLink(_ peer: PeerID) {
        log.notice("peer is gone", metadata: ["peer_ref": "\(directory[peer]?.description ?? "?")"])
        forget(peer)
    }

    func forget(_ peer: PeerID) {
        links.removeValue(forKey: peer)?.close()
        directory.forget(peer)
    }
}
