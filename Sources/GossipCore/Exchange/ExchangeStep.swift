/// What one step of the exchange sees of the node, and what it leads to.
struct ExchangeStep {
    let cycle: Cycle
    /// Whom the node may draw: their links stay, whether or not they are sources.
    let peers: PeerSet
    /// What may be passed on.
    let held: ChunkSet
    /// Whether all that is wanted is held.
    let wantsNothing: Bool
    let selection: ChunkSelection
    /// Whether messages of different cycles are kept apart.
    let isStrict: Bool
    /// Chunks whose verification may begin.
    let verificationRoom: Int
    /// Whether links belong to a view: it says when they are closed.
    let isOfView: Bool
    var generator: RandomGenerator
    /// What is counted in this step.
    var counts = MessageCounts()
    var actions: [PeerAction]
    /// Sources that were forgotten, where links belong to a view.
    var forgotten: [PeerID] = []

    /// The cycle after this one.
    var nextCycle: Cycle { cycle < .max ? cycle + 1 : cycle }

    var chunkCount: UInt32 { held.chunkCount }

    mutating func ask(_ request: ExchangeRequest, of peer: PeerID) {
        actions.append(.ask(request, of: peer))
    }

    /// Closes the link to a source that is forgotten.
    mutating func dropLink(_ peer: PeerID) {
        if isOfView { forgotten.append(peer) } else { actions.append(.dropLink(peer)) }
    }

    mutating func answer(_ reply: ExchangeReply, to receiver: ReceiverID) {
        actions.append(.answer(reply, to: receiver))
    }
}
