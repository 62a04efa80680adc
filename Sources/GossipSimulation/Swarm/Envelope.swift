import GossipCore

/// A message on its way between two simulated nodes.
struct Envelope {
    enum Content: Equatable {
        case request(PeerRequest)
        case reply(PeerReply)
    }

    let from: PeerID
    let to: PeerID
    let content: Content
}
