import GossipWire
import ZeroMQ

/// A secret on the disk: text, three lines, readable by its owner alone.
///
///     gotorrent-key curve
///     public 64 hex digits
///     secret 64 hex digits
///
/// `curve` is a node's, monitor's or tracker's pair, `ed25519` a signer's. `#` begins a remark.
package enum KeyFile: Sendable {
    case curve(CurveKeyPair)
    case signer(ListSigner)

    private static let word = "gotorrent-key"
    private static let kinds = ["curve", "ed25519"]

    /// The public half in hex.
    package var publicHex: String {
        switch self {
        case .curve(let keys): keys.publicKey.hex
        case .signer(let signer): signer.publicKey.description
        }
    }

    /// Writes the file, mode 0600, and the line of an allow-list to `path` with `.pub` behind it.
    /// - Parameter entry: the line; nil of a signer's key.
    /// - Throws: `NodeError` where one of them cannot be written, or is there already; then neither is made.
    package func create(at path: String, entry: AllowList.Entry?) throws(NodeError) {
        let remark = "# Secret: whoever can read this file can pose as its owner.\n"
        try SecretFile.create(remark + text, at: path)
        guard let entry else { return }
        do throws(NodeError) {
            try SecretFile.create(entry.line + "\n", at: path + ".pub", mode: 0o644)
        } catch {
            SecretFile.remove(path)
            throw error
        }
    }

    /// - Throws: `NodeError` where others can read the file, or it is no key file.
    package static func read(_ path: String) throws(NodeError) -> KeyFile {
        try KeyFile(text: try SecretFile.read(path), path: path)
    }

    /// - Parameters:
    ///   - text: UTF-8 of at most 4 KiB.
    ///   - path: what messages call it.
    /// - Throws: `NodeError` that names the line, what is wrong with it and what would be right.
    package init(text: [UInt8], path: String) throws(NodeError) {
        try self.init(try TextLines.read(text, atMost: 4 << 10, path: path), path: path)
    }

    /// The pair of a node, monitor or tracker.
    /// - Throws: `NodeError` also where the file is a signer's.
    package static func readPair(_ path: String) throws(NodeError) -> CurveKeyPair {
        guard case .curve(let keys) = try read(path) else {
            throw NodeError(.security, "\(path) is a signer's key; needed is one that gotorrent keys new made")
        }
        return keys
    }

    /// A signer's key.
    /// - Throws: `NodeError` also where the file is a node's.
    package static func readSigner(_ path: String) throws(NodeError) -> ListSigner {
        guard case .signer(let signer) = try read(path) else {
            throw NodeError(.security, "\(path) is a node's key; needed is one that gotorrent keys new --signer made")
        }
        return signer
    }

    init(_ lines: [TextLines.Line], path: String) throws(NodeError) {
        guard lines.count == 3, lines[0].words.count == 2, lines[0].words[0] == Self.word else {
            throw NodeError(.security, "\(path) is no key file; gotorrent keys new makes one")
        }
        let (publicHex, secret) = (try Self.hex("public", lines[1]), try Self.hex("secret", lines[2]))
        let kind = lines[0].words[1]
        guard Self.kinds.contains(kind) else { throw lines[0].fault("a key is of the kind curve or ed25519") }
        guard let made = KeyFile(kind: kind, secret: secret) else {
            throw lines[2].fault("this is no secret key of the kind \(kind)")
        }
        self = made
        guard self.publicHex == publicHex.hex else {
            throw lines[1].fault("the public key is not the one of the secret key; the file was changed")
        }
    }

    /// - Parameters:
    ///   - kind: `curve` or `ed25519`.
    ///   - secret: 32 bytes.
    /// - Returns: nil where it is none of the kind.
    package init?(kind: String, secret: [UInt8]) {
        switch kind {
        case "curve":
            guard let key = CurveSecretKey(bytes: secret), let keys = try? CurveKeyPair(secretKey: key) else {
                return nil
            }
            self = .curve(keys)
        case "ed25519":
            guard let signer = ListSigner(secret: secret) else { return nil }
            self = .signer(signer)
        default: return nil
        }
    }

    private static func hex(_ word: String, _ line: TextLines.Line) throws(NodeError) -> [UInt8] {
        guard line.words.count == 2, line.words[0] == word, let bytes = [UInt8](hex: line.words[1]), bytes.count == 32
        else { throw line.fault("this line is \(word) and 64 hex digits") }
        return bytes
    }

    /// With the secret: for key files, and for the pipe to a node's process.
    package var text: String {
        let (kind, secret): (String, [UInt8]) =
            switch self {
            case .curve(let keys): ("curve", keys.secretKey.bytes)
            case .signer(let signer): ("ed25519", signer.secret)
            }
        return "\(Self.word) \(kind)\npublic \(publicHex)\nsecret \(secret.hex)\n"
    }
}
