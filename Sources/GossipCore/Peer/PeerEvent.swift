/// What happened, as the shell tells a `PeerStateMachine`.
public enum PeerEvent: Equatable, Sendable {
    /// A cycle began: by the clock's tick, or in holdover by the node's own timer.
    case cycleStarted(Cycle)
    /// The clock's Δ is another than before, or told for the first time: the cycle that begins next has it.
    case intervalHeard(TimeSpan)
    /// `get_peers` was answered; the node itself is left out by the shell.
    case peersReceived([PeerID])
    /// Someone sent a request; a push's bytes are kept under the token.
    case requestReceived(PeerRequest, MessageToken)
    /// A peer answered on the link to it; a chunk's bytes are kept under the token.
    case replyReceived(PeerReply, from: PeerID, MessageToken)
    /// A message came that is none of the protocol's.
    case messageRefused
    /// The bytes under the token were compared with the chunk's hash.
    case chunkVerified(MessageToken, isValid: Bool)
    /// All coded packets were decoded, and every chunk compared with its hash; the token is the last packet's.
    case decoded(MessageToken, isValid: Bool)
    /// No link took the request, in the cycle that it carries.
    case requestUndelivered(PeerRequest, to: PeerID)
    /// A link that failed before took a request again.
    case peerReached(PeerID)
    /// The wait for digests that `PeerAction.startDigestWait` began is over.
    case digestWaitEnded(Cycle)
    /// The view is empty, or no cycle has begun: it is time to shuffle through these addresses to join by.
    case joinDue(through: [PeerID])
    /// A peer said goodbye, or was found to be gone.
    case peerGone(PeerID)
    /// A receiver spoke; `opener` is the peer that it says it is, where it opens the exchange.
    case exchangeRequested(ExchangeRequest, by: ReceiverID, opener: PeerID?)
    /// A source spoke on the link to it; a chunk's bytes are kept under the token.
    case exchangeAnswered(ExchangeReply, from: PeerID, MessageToken)
    /// No link took the request, in the cycle that it carries.
    case exchangeUndelivered(ExchangeRequest, to: PeerID)
    /// A receiver's link took a chunk in full: there is room for the next.
    case chunkServed(to: ReceiverID)
    /// The time that `PeerAction.awaitCycleEnding` began is over.
    case cycleEnding(Cycle)
    /// A receiver can no longer be reached.
    case receiverGone(ReceiverID)
}
