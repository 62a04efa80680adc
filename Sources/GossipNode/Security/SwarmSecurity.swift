import ZeroMQ

/// What a node of a secured swarm has: its keys, the key of its tracker, and who may speak to it.
package struct SwarmSecurity: Sendable {
    /// This process's own.
    package let keys: CurveKeyPair
    /// The key that the tracker, and with it the bus, must have.
    package let trackerKey: CurvePublicKey
    package let gate: AccessGate

    package init(keys: CurveKeyPair, trackerKey: CurvePublicKey, gate: AccessGate) {
        self.keys = keys
        self.trackerKey = trackerKey
        self.gate = gate
    }
}

extension Socket {
    /// How long a link may take to its handshake's end. libzmq tells a client that is refused for now nothing, so this
    /// is also how often he tries; its own choice, 30 s, is how long a stranger could hold a connection open.
    private static let handshakePatience = Duration.seconds(5)

    /// Lets those in alone whom the gate lets in, where there is security. Before binding.
    func secure(_ security: SwarmSecurity?, as port: SecuredPort) throws(ZeroMQError) {
        guard let security else { return }
        try set(.handshakeInterval, to: Self.handshakePatience)
        try setCurveServer(security.keys, guarding: port.rawValue)
    }

    /// Speaks with the owner of that key alone, where there is security. Before connecting.
    /// - Throws: where there is security and no key: in a secured swarm nothing goes out in clear.
    func secure(_ security: SwarmSecurity?, to server: CurvePublicKey?) throws(ZeroMQError) {
        guard let security else { return }
        guard let server else { throw ZeroMQError(code: .invalidArgument, operation: "connect to who has no key") }
        try secure(security.keys, to: server)
    }

    /// Likewise, for one who only connects.
    func secure(_ keys: CurveKeyPair, to server: CurvePublicKey) throws(ZeroMQError) {
        try set(.handshakeInterval, to: Self.handshakePatience)
        try setCurveClient(keys, server: server)
    }
}
