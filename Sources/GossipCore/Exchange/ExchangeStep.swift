/// What one step of the exchange sees of the node, and what it leads to.
struct ExchangeStep {
    let cycle: Cycle
    /// Whom the node may draw: their links stay, whether or not they are sources.
    let peers: PeerSet
    /// What may be passed on.
    let held: ChunkSet
    let selection: ChunkSelection
    /// Whether messages of different cycles are kept apart.
    let isStrict: Bool
    /// Chunks whose verification may begin.
    let verificationRoom: Int
    var generator: RandomGenerator
    /// What is counted in this step.
    var counts = MessageCounts()
    var actions: [PeerAction]

    var chunkCount: UInt32 { held.chunkCount }

    mutating func ask(_ request: ExchangeRequest, of peer: PeerID) {
        actions.append(.ask(request, of: peer))
    }

    mutating func answer(_ reply: ExchangeReply, to receiver: ReceiverID) {
        actions.append(.answer(reply, to: receiver))
    }
}
