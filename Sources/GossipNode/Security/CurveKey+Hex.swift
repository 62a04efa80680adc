import GossipWire
import ZeroMQ

/// Keys as text: 64 hex digits, as a `peer_ref` has them.
extension CurvePublicKey {
    /// Reads 64 hex digits of either case; nil if it is anything else.
    package init?(hex text: some StringProtocol) {
        guard let bytes = [UInt8](hex: text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The key in lower-case hex.
    package var hex: String { bytes.hex }
}

extension PeerReference {
    /// The key that the peer there must have; nil in an open swarm.
    var curveKey: CurvePublicKey? { publicKey.flatMap { CurvePublicKey(bytes: $0) } }
}
