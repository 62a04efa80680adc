import GossipCore

/// The bulk exchange: receivers' links, and chunks that take their time on the uplink.
extension SimulatedNode {
    /// A receiver spoke, on its link to this node.
    func take(_ request: ExchangeRequest, in packet: Packet) {
        var opener: PeerID?
        if case .open = request { opener = directory.identifier(of: packet.from.node) }
        handle(.exchangeRequested(request, by: receivers.identifier(of: packet), opener: opener))
    }

    func answer(_ reply: ExchangeReply, to receiver: ReceiverID) {
        guard let address = receivers[receiver] else {
            world.fail(.tokens, life, "\(reply) goes to a receiver that is unknown or was forgotten")
            return
        }
        guard settings.behaviour != .neverAnswers else { return }
        var bytes: ChunkBytes?
        if case .chunk(_, let chunk) = reply { bytes = read(chunk) }
        let end = world.send(
            Packet(
                from: life, to: address.life, link: address.link, content: .exchangeReply(told(reply)), bytes: bytes))
        if bytes != nil {
            chunksServed += 1
            world.schedule(.served(life, receiver), at: end)
        }
    }

    /// What a node says of its holdings, where it does not tell the truth.
    private func told(_ reply: ExchangeReply) -> ExchangeReply {
        switch reply {
        case .opened(let cycle, let update, let known, let queued):
            .opened(cycle: cycle, told(update), known: known, queued: queued)
        case .got(let cycle, let update): .got(cycle: cycle, told(update))
        case .busy, .grant, .chunk, .none: reply
        }
    }

    func told(_ request: ExchangeRequest) -> ExchangeRequest {
        guard case .open(let cycle, let update, let known) = request else { return request }
        return .open(cycle: cycle, told(update), known: known)
    }

    private func told(_ update: HoldingsUpdate) -> HoldingsUpdate {
        switch settings.behaviour {
        case .honest, .sendsWrongBytes, .neverAnswers: update
        case .claimsEverything: HoldingsUpdate(version: update.version, content: .everything)
        case .claimsNothing:
            HoldingsUpdate(
                version: update.version, content: .chunks(ChunkSet(chunkCount: machine.configuration.chunkCount)))
        }
    }
}
