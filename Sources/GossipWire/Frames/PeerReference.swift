/// Where a peer's ROUTER listens: `tcp://HOST:PORT`, in a secured swarm followed by `#` and its public key in hex.
package struct PeerReference: Hashable, Sendable, CustomStringConvertible {
    package static let greatestSize = 255
    private static let keyDigits = 64

    private let storage: InlineBytes

    /// The reference as it stands on the wire; two references are equal where these are.
    package var bytes: [UInt8] { storage.array }

    /// Nil where the text is not a reference, or is over 255 bytes.
    package init?(_ text: String) {
        self.init(Array(text.utf8))
    }

    /// Nil where the bytes are not a reference, or are more than 255.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.greatestSize, Self.isWellFormed(bytes) else { return nil }
        storage = InlineBytes(bytes)
    }

    package var description: String { String(decoding: bytes, as: UTF8.self) }

    /// What to connect to: the reference without its key.
    package var endpoint: String {
        String(decoding: bytes.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
    }

    /// The CURVE public key, 32 bytes; nil in an open swarm.
    package var publicKey: [UInt8]? {
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "#")) else { return nil }
        return [UInt8](hex: String(decoding: bytes[(mark + 1)...], as: UTF8.self))
    }

    private static func isWellFormed(_ bytes: [UInt8]) -> Bool {
        let scheme = Array("tcp://".utf8)
        guard bytes.starts(with: scheme) else { return false }
        let parts = bytes.dropFirst(scheme.count).split(
            separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, isAddress(address) else { return false }
        return parts.count == 1 || isKey(parts[1])
    }

    /// `HOST:PORT`; an IPv6 host stands in brackets.
    private static func isAddress(_ address: ArraySlice<UInt8>) -> Bool {
        guard let colon = address.lastIndex(of: UInt8(ascii: ":")) else { return false }
        let host = address[..<colon]
        let digits = address[(colon + 1)...]
        let isBracketed = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]")
        let name = isBracketed ? host.dropFirst().dropLast() : host
        guard !name.isEmpty, name.allSatisfy(isHostByte), (1...5).contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = UInt32(String(decoding: digits, as: UTF8.self))
        else { return false }
        return (1...65_535).contains(port) && (isBracketed || !name.contains(UInt8(ascii: ":")))
    }

    /// Letters, digits and the punctuation of host names and addresses: nothing that a log or a terminal would act on.
    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    private static func isKey(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.count == keyDigits && [UInt8](hex: String(decoding: digits, as: UTF8.self)) != nil
    }
}

extension WireFrames {
    func peerReference(_ index: Int) throws(WireError) -> PeerReference {
        let size = self[index].count
        guard size <= PeerReference.greatestSize else {
            throw WireError(.tooLarge, "a peer_ref has at most 255 bytes, not \(size)")
        }
        guard let reference = PeerReference(bytes(index)) else {
            throw WireError(.malformed, "a peer_ref is tcp://HOST:PORT, with # and 64 hex digits in a secured swarm")
        }
        return reference
    }
}
