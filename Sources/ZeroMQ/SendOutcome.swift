/// What became of a message given to `send`.
///
/// Only the first two of them concern the peer's speed; none says that a peer has received anything.
public enum SendOutcome: Sendable, Hashable {
    /// Queued for the peer.
    case sent
    /// Not sent: nobody is connected, or the queue to the peer is full.
    case wouldBlock
    /// Not sent: a router knows no peer of that identity, or it has gone.
    case unreachable
}
