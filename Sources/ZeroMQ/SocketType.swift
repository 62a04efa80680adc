import CZeroMQ

/// The messaging pattern of a socket, by libzmq's names.
public enum SocketType: Sendable, Hashable, CaseIterable {
    /// Both ends of a link of exactly two: threads of one process, monitors.
    case pair
    /// Sends a request, then waits for its reply.
    case request
    /// Takes a request, then must reply, and only then takes the next.
    case reply
    /// Sends to peers in turn and takes from all, without request's alternation.
    case dealer
    /// Names each peer by a routing frame, on receiving and for sending.
    case router
    /// Sends to all who subscribed; receives nothing.
    case publish
    /// Receives what it subscribed to; sends nothing.
    case subscribe
    /// `publish` that also receives the subscriptions: a broker's side towards subscribers.
    case xpublish
    /// `subscribe` that subscribes by sending: a broker's side towards publishers.
    case xsubscribe
    /// Sends to workers in turn; receives nothing.
    case push
    /// Receives from all pushers in turn; sends nothing.
    case pull
    /// Speaks plain TCP, each connection named as by `router`: an empty message tells that one came or went, and ends it
    /// where it is sent.
    case stream

    var rawValue: Int32 {
        switch self {
        case .pair: ZMQ_PAIR
        case .request: ZMQ_REQ
        case .reply: ZMQ_REP
        case .dealer: ZMQ_DEALER
        case .router: ZMQ_ROUTER
        case .publish: ZMQ_PUB
        case .subscribe: ZMQ_SUB
        case .xpublish: ZMQ_XPUB
        case .xsubscribe: ZMQ_XSUB
        case .push: ZMQ_PUSH
        case .pull: ZMQ_PULL
        case .stream: ZMQ_STREAM
        }
    }
}
