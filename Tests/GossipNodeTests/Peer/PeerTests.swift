import Testing

/// Nodes over real sockets, beside fakes of all that they meet. One test at a time, for a busy machine has two cores.
@Suite(.serialized, .timeLimit(.minutes(5)))
enum PeerTests {}
