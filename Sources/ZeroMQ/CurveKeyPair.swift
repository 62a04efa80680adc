import CZeroMQ

/// The two keys of one end of CURVE links.
public struct CurveKeyPair: Hashable, Sendable {
    public let publicKey: CurvePublicKey
    public let secretKey: CurveSecretKey

    /// A new pair, from the system's randomness. Throws `notSupported` if libzmq was built without CURVE.
    public static func generate() throws(ZeroMQError) -> CurveKeyPair {
        var publicText = [CChar](repeating: 0, count: Z85.keyTextSize)
        var secretText = [CChar](repeating: 0, count: Z85.keyTextSize)
        try retryingInterrupts("generate keys") { zmq_curve_keypair(&publicText, &secretText) }
        guard
            let publicKey = CurvePublicKey(z85: Z85.text(publicText)),
            let secretKey = CurveSecretKey(z85: Z85.text(secretText))
        else { throw ZeroMQError(code: .invalidArgument, operation: "generate keys") }
        return CurveKeyPair(publicKey: publicKey, secretKey: secretKey)
    }

    /// The pair that a stored secret key belongs to.
    public init(secretKey: CurveSecretKey) throws(ZeroMQError) {
        var publicText = [CChar](repeating: 0, count: Z85.keyTextSize)
        let secretText = secretKey.z85
        try retryingInterrupts("derive public key") { zmq_curve_public(&publicText, secretText) }
        guard let publicKey = CurvePublicKey(z85: Z85.text(publicText)) else {
            throw ZeroMQError(code: .invalidArgument, operation: "derive public key")
        }
        self.init(publicKey: publicKey, secretKey: secretKey)
    }

    private init(publicKey: CurvePublicKey, secretKey: CurveSecretKey) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }
}

extension Socket {
    /// Makes this the end whose public key the others must know. Before binding.
    ///
    /// It accepts every client that knows the key, unless an `Authenticator` runs in the same context.
    public func setCurveServer(_ keys: CurveKeyPair) throws(ZeroMQError) {
        try set(.curveServer, to: true)
        try set(.curvePublicKey, to: keys.publicKey)
        try set(.curveSecretKey, to: keys.secretKey)
    }

    /// Likewise, the `Authenticator` being told that it is for `domain`. Before binding.
    ///
    /// libzmq 4.3.4 cannot be told to refuse everyone while there is no authenticator (`ZMQ_ZAP_ENFORCE_DOMAIN` is a
    /// draft there): a message whose `userID` is nil came by a link that nobody was asked about.
    public func setCurveServer(_ keys: CurveKeyPair, guarding domain: String) throws(ZeroMQError) {
        try set(.zapDomain, to: domain)
        try setCurveServer(keys)
    }

    /// Makes this an end that talks to the one with that key only, and shows its own. Before connecting.
    public func setCurveClient(_ keys: CurveKeyPair, server: CurvePublicKey) throws(ZeroMQError) {
        try set(.curveServerKey, to: server)
        try set(.curvePublicKey, to: keys.publicKey)
        try set(.curveSecretKey, to: keys.secretKey)
    }
}
