/// A link that asks to be let in.
public struct AuthenticationRequest: Hashable, Sendable {
    /// The guarded socket's `zapDomain`.
    public var domain: String
    /// The peer's IP address.
    public var address: String
    /// The routing id that the peer claims.
    public var routingID: [UInt8]
    /// `NULL`, `PLAIN` or `CURVE`.
    public var mechanism: String
    /// What the mechanism takes as proof.
    public var credentials: [[UInt8]]

    /// What the answer must repeat.
    var requestID: [UInt8]

    /// The key that the peer has proved to hold; nil unless the link is a CURVE one.
    public var publicKey: CurvePublicKey? {
        guard mechanism == "CURVE", credentials.count == 1 else { return nil }
        return CurvePublicKey(bytes: credentials[0])
    }

    /// Reads ZAP 1.0; nil for anything else.
    init?(frames: [[UInt8]]) {
        guard frames.count >= 6, frames[0].elementsEqual("1.0".utf8) else { return nil }
        requestID = frames[1]
        domain = String(decoding: frames[2], as: UTF8.self)
        address = String(decoding: frames[3], as: UTF8.self)
        routingID = frames[4]
        mechanism = String(decoding: frames[5], as: UTF8.self)
        credentials = Array(frames[6...])
    }
}
