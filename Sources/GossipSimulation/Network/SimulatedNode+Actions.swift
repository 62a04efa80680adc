import GossipCore

/// What the core wants done.
extension SimulatedNode {
    func perform(_ action: PeerAction) {
        switch action {
        case .send(let request, let peer): send(.request(request), to: peer)
        case .ask(let request, let peer): send(.exchangeRequest(told(request)), to: peer)
        case .answer(let reply, let receiver): answer(reply, to: receiver)
        case .forgetReceiver(let receiver): receivers.forget(receiver)
        case .reply(let reply, let token): send(reply, to: token)
        case .verifyChunk(let chunk, let token): verify(chunk, token)
        case .storeChunk(let chunk, let token): store(chunk, token)
        case .release(let token): slots.release(token)
        case .startDigestWait(let cycle):
            digestWaitCycle = cycle
            set(
                .digestWait,
                after: TimeSpan(nanoseconds: (follower.interval ?? world.settings.interval).nanoseconds / 4))
        case .awaitCycleEnding(let cycle, let span):
            endingCycle = cycle
            set(.cycleEnding, after: span)
        case .dropLink(let peer):
            links[peer] = nil
            directory.forget(peer)
        case .forgetPeer(let peer):
            links[peer] = nil
            directory.forget(peer)
        case .seekPeers: seekPeers()
        case .reportProgress(let snapshot): publish(snapshot)
        case .reportCompletion(let cycle): noteCompletion(in: cycle)
        case .reportCorruptChunk, .storeCoded, .discardCoded: break
        // Nobody sends wrong bytes where packets are coded.
        case .decode(let token): handle(.decoded(token, isValid: true))
        case .storeDecoded: disk = .full(chunkCount: machine.configuration.chunkCount)
        case .reportCodedProgress(let cycle, let rank, let counts): tell(cycle, held: rank, counts)
        }
    }

    private func send(_ request: PacketContent, to peer: PeerID) {
        guard let node = directory[peer] else {
            noteUndelivered(request, to: peer)
            return
        }
        if links[peer] == nil { connect(to: node, as: peer) }
        guard let link = links[peer] else { return }
        if link.outbox.isEmpty, link.isUp {
            transmit(request, to: peer)
        } else if links[peer]?.wait(request) != true {
            noteUndelivered(request, to: peer)
        }
    }

    /// A request that no link took in its cycle.
    func noteUndelivered(_ content: PacketContent, to peer: PeerID) {
        switch content {
        case .request(let request): handle(.requestUndelivered(request, to: peer))
        case .exchangeRequest(let request): handle(.exchangeUndelivered(request, to: peer))
        case .reply, .exchangeReply: preconditionFailure("replies do not wait for a link")
        }
    }

    private func connect(to node: Int, as peer: PeerID) {
        var link = SimulatedLink(to: node, number: world.newLink())
        if world.isReachable(node, from: life.node) {
            let time = world.connectionTime()
            link.isUp = time.nanoseconds == 0
            if !link.isUp { world.schedule(.linkChanged(life, to: node, isUp: true), after: time) }
        }
        links[peer] = link
    }

    /// A link's other end can be reached again, or was silent for too long.
    func linkChanged(to node: Int, isUp: Bool) {
        guard let peer = directory.knownIdentifier(of: node), let link = links[peer],
            isUp == world.isReachable(node, from: life.node), link.isUp != isUp
        else { return }
        links[peer]?.isUp = isUp
        guard isUp, let waiting = links[peer]?.removeSendable() else { return }
        for request in waiting { transmit(request, to: peer) }
    }

    /// The other end of a link died, and its system closed the connection.
    func linkBroke(to node: Int) {
        guard let peer = directory.knownIdentifier(of: node) else { return }
        links[peer]?.isUp = false
    }

    /// Puts a request on a link that is up.
    private func transmit(_ request: PacketContent, to peer: PeerID) {
        guard let link = links[peer] else {
            noteUndelivered(request, to: peer)
            return
        }
        if let target = world.life(of: link.node) {
            var packet = Packet(from: life, to: target, link: link.number, content: request)
            switch request {
            case .request(.push(_, let chunk)): packet.bytes = read(chunk)
            case .request(.coded): packet.bytes = .coded
            case .request(.shuffle(let cycle, let entries)):
                packet.content = .request(.shuffle(cycle: cycle, entries: onNetwork(entries)))
                packet.reading = reading
            case .request(.pull), .request(.have), .request(.pullCoded), .reply, .exchangeRequest, .exchangeReply: break
            }
            world.send(packet)
        }
        if links[peer]?.noteSent() == true { handle(.peerReached(peer)) }
    }

    private func send(_ reply: PeerReply, to token: MessageToken) {
        guard let request = slots[token] else { return }
        var reply = reply
        switch (settings.behaviour, reply) {
        case (.neverAnswers, _): return
        case (.claimsEverything, .have(let cycle, _)):
            reply = .have(cycle: cycle, digest: .full(chunkCount: machine.configuration.chunkCount))
        case (.claimsNothing, .have(let cycle, _)):
            reply = .have(cycle: cycle, digest: ChunkSet(chunkCount: machine.configuration.chunkCount))
        case (.honest, _), (.sendsWrongBytes, _), (.claimsEverything, _), (.claimsNothing, _): break
        }
        var packet = Packet(from: life, to: request.from, link: request.link, content: .reply(reply))
        switch reply {
        case .chunk(_, let chunk): packet.bytes = read(chunk)
        case .coded: packet.bytes = .coded
        case .shuffle(let cycle, let entries):
            packet.content = .reply(.shuffle(cycle: cycle, entries: onNetwork(entries)))
            packet.reading = reading
        case .none, .late, .have, .malformed: break
        }
        world.send(packet)
    }

    /// The bytes to send of a chunk; what an honest node has of it must be there and right.
    func read(_ chunk: ChunkID) -> ChunkBytes {
        guard let bytes = disk[chunk], bytes.isValid(for: chunk) else {
            world.fail(.verifiedChunks, life, "chunk \(chunk) is sent and was never stored with the right bytes")
            return ChunkBytes(word: 0)
        }
        return settings.behaviour == .sendsWrongBytes ? ChunkBytes(word: ~bytes.word) : bytes
    }

    private func verify(_ chunk: ChunkID, _ token: MessageToken) {
        if world.verificationDelay.nanoseconds == 0 {
            finishVerification(token)
        } else {
            world.schedule(.verified(life, token), after: world.verificationDelay)
        }
    }

    func finishVerification(_ token: MessageToken) {
        guard let packet = slots[token], let chunk = packet.chunk?.chunk else { return }
        handle(.chunkVerified(token, isValid: packet.bytes?.isValid(for: chunk) == true))
    }

    private func store(_ chunk: ChunkID, _ token: MessageToken) {
        let bytes = slots[token]?.bytes
        if bytes?.isValid(for: chunk) != true {
            world.fail(.verifiedChunks, life, "chunk \(chunk) is stored with wrong bytes")
        }
        if disk[chunk] != nil { world.fail(.verifiedChunks, life, "chunk \(chunk) is stored a second time") }
        disk[chunk] = bytes
    }

    private func publish(_ snapshot: ProgressSnapshot) {
        if !disk.contains(snapshot.held) {
            world.fail(.verifiedChunks, life, "reports chunks that were never stored with the right bytes")
        }
        tell(snapshot.cycle, held: snapshot.held.count, snapshot.counts)
    }

    /// Lets the clock, and whoever listens to the run, know that a cycle is over.
    private func tell(_ cycle: Cycle, held: UInt32, _ counts: MessageCounts) {
        world.onProgress(life, cycle, held, counts)
        if let arrival = world.network.controlArrival(of: life.node, at: world.now) {
            let bytes = chunksServed * UInt64(world.settings.chunkSize)
            world.schedule(.progress(of: life.node, cycle, bytesSent: bytes), at: arrival)
        }
    }

    private func noteCompletion(in cycle: Cycle) {
        if completionCycle != nil { world.fail(.completion, life, "reports completion a second time") }
        if !disk.verified.isComplete { world.fail(.completion, life, "reports completion and misses chunks") }
        completionCycle = cycle
        world.completionCount += 1
    }
}
