import GossipCore

/// Something that happened to a node, said on the bus when it happens.
package struct SwarmEvent: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case joined, completed, left, failed, stalled
    }

    package var kind: Kind
    package var torrent: String
    package var node: String
    package var cycle: Cycle
    /// When it happened, RFC 3339 in UTC.
    package var at: String
    /// Why, for `failed` and `stalled`; nil where there is nothing to add.
    package var reason: String?

    package init(kind: Kind, torrent: String, node: String, cycle: Cycle, at: String, reason: String? = nil) {
        self.kind = kind
        self.torrent = torrent
        self.node = node
        self.cycle = cycle
        self.at = at
        self.reason = reason
    }
}
