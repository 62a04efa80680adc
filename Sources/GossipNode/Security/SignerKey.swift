import Crypto
import GossipWire

/// The public half of a `ListSigner`: what nodes are told, in order to believe its lists and nobody else's.
package struct SignerKey: Hashable, Sendable, CustomStringConvertible {
    static let signatureWord = "signature"
    /// Stands before what is signed, so that no signature of anything else can be taken for one of a list.
    private static let context = Array("GoTorrent allow-list 1\n".utf8)

    private let bytes: [UInt8]

    init(_ key: Curve25519.Signing.PublicKey) {
        bytes = Array(key.rawRepresentation)
    }

    /// Reads 64 hex digits; nil if it is anything else.
    package init?(hex text: some StringProtocol) {
        guard let bytes = [UInt8](hex: text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    package var description: String { bytes.hex }

    static func signedBytes(_ text: [UInt8]) -> [UInt8] { context + text }

    /// Reads a list that this key has signed: its last line is `signature` and 128 hex digits over all before it.
    /// - Throws: `NodeError` where it is not signed, by another, or changed since; or where it is no list.
    package func verified(_ text: [UInt8], path: String) throws(NodeError) -> AllowList {
        let word = Array("\(Self.signatureWord) ".utf8)
        let body = text.last == UInt8(ascii: "\n") ? text.dropLast() : text[...]
        let start = body.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        guard body[start...].starts(with: word) else {
            throw NodeError(.security, "\(path) is not signed; sign it by gotorrent keys sign")
        }
        let digits = String(decoding: body[(start + word.count)...], as: UTF8.self)
        guard let signature = [UInt8](hex: digits), signature.count == 64,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes),
            key.isValidSignature(signature, for: Self.signedBytes(Array(text[..<start])))
        else {
            throw NodeError(
                .security, "\(path) is not what the signer \(self) signed; it was changed, or another signed it")
        }
        let list = try AllowList(text: Array(text[..<start]), path: path)
        guard list.serial != nil else { throw NodeError(.security, "\(path) has no serial; sign it again") }
        return list
    }
}
