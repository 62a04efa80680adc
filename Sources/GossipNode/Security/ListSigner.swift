import Crypto
import GossipWire

/// Whoever may say who belongs to a fleet: an Ed25519 key (RFC 8032), of whose public half every node is told.
package struct ListSigner: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new one, from the system's randomness.
    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// Nil unless there are exactly 32 bytes.
    package init?(secret: [UInt8]) {
        guard secret.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else {
            return nil
        }
        self.key = key
    }

    /// For its key file alone.
    var secret: [UInt8] { Array(key.rawRepresentation) }

    package var publicKey: SignerKey { SignerKey(key.publicKey) }

    /// The signed list: the same entries with the serial, and the signature's line at the end.
    /// - Throws: `NodeError` where the system cannot sign.
    package func sign(_ list: AllowList, serial: UInt64) throws(NodeError) -> String {
        var list = list
        list.serial = serial
        let text = list.text
        guard let signature = try? key.signature(for: SignerKey.signedBytes(Array(text.utf8))) else {
            throw NodeError(.security, "the system cannot sign the list")
        }
        return text + "\(SignerKey.signatureWord) \(Array(signature).hex)\n"
    }
}
