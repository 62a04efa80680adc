import GossipCore

/// A simulated node's link to a neighbour, and what waits until it is connected; as `PeerLink` over sockets.
struct SimulatedLink {
    /// Requests that may wait.
    static let outboxLimit = 256

    let node: Int
    let number: UInt64
    var isUp = false
    private(set) var outbox: [PacketContent] = []
    /// Whether a cycle ended with requests that the link had not taken, and it has taken none since.
    private(set) var isFailing = false

    init(to node: Int, number: UInt64) {
        self.node = node
        self.number = number
    }

    /// Keeps a request until the link is up; false where too many wait.
    mutating func wait(_ request: PacketContent) -> Bool {
        guard outbox.count < Self.outboxLimit else { return false }
        outbox.append(request)
        return true
    }

    /// Takes out what waits, for the link is up.
    mutating func removeSendable() -> [PacketContent] {
        defer { outbox.removeAll() }
        return outbox
    }

    /// Takes out what still waits: its cycle is over.
    mutating func removeWaiting() -> [PacketContent] {
        if !outbox.isEmpty { isFailing = true }
        return removeSendable()
    }

    /// Notes that the link took a request; true where it had failed before.
    mutating func noteSent() -> Bool {
        defer { isFailing = false }
        return isFailing
    }
}
