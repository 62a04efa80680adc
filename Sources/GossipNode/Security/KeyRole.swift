import ZeroMQ

/// What the holder of a key may do in a secured swarm.
package enum KeyRole: String, CaseIterable, Sendable {
    /// A seed or a peer: it may do everything that the protocol has.
    case node
    /// Whoever watches: it may hear the bus, and nothing else.
    case monitor
    /// A tracker. It may do what a node may, for `gotorrent share` is a tracker and a seed with one key.
    case tracker

    /// Whether it may connect to a port, and be listened to there.
    func mayUse(_ port: SecuredPort) -> Bool {
        switch (self, port) {
        case (.node, _), (.tracker, _), (.monitor, .busSubscribe): true
        case (.monitor, .tracker), (.monitor, .busPublish), (.monitor, .peer): false
        }
    }
}

/// The sockets that are guarded; the names are their ZAP domains (RFC 27).
package enum SecuredPort: String, CaseIterable, Sendable {
    /// The tracker's REP.
    case tracker = "gotorrent.tracker"
    /// The bus's XPUB, where ticks and progress are heard.
    case busSubscribe = "gotorrent.bus.subscribe"
    /// The bus's XSUB, where nodes publish.
    case busPublish = "gotorrent.bus.publish"
    /// A peer's ROUTER.
    case peer = "gotorrent.peer"
}
