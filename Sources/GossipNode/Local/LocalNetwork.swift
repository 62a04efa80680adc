import ZeroMQ

/// How nodes of one process reach each other: by memory in place of the loopback interface.
///
/// What a node announces stays the address at which anyone reaches it, for the protocol knows no other; here is noted
/// which of those addresses are this process's own. A link between two of its nodes then takes one descriptor instead
/// of three, no heartbeats and no thread in between. All its nodes are of one ZeroMQ context, within which names of
/// `inproc` hold. For open swarms: nobody proves a key on such a link.
package final class LocalNetwork: Sendable {
    private let addresses = Lock<Set<String>>([])

    package init() {}

    /// What to connect to in order to reach `address`, `tcp://HOST:PORT`.
    func endpoint(of address: String) -> String {
        addresses.withLock { $0.contains(address) } ? Self.name(address) : address
    }

    /// Has a bound socket accept links from this process too.
    /// - Parameter address: where others reach it.
    func open(_ socket: Socket, at address: String) throws(ZeroMQError) {
        try socket.bind(Self.name(address))
        addresses.withLock { _ = $0.insert(address) }
    }

    /// The socket at the address is going to be closed.
    func close(_ address: String) {
        addresses.withLock { _ = $0.remove(address) }
    }

    private static func name(_ address: String) -> String { "inproc://\(address)" }
}
