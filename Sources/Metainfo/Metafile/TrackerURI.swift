/// Where a tracker is reached: `tcp://HOST:PORT`, the notation of ZeroMQ.
///
/// `HOST` is a name, an IPv4 address, or an IPv6 address in brackets.
package struct TrackerURI: Hashable, Sendable, CustomStringConvertible {
    /// What every such text begins with.
    static let scheme = "tcp://"

    /// The host; an IPv6 address with its brackets.
    package let host: String

    /// The tracker's own port. The bus has the next two unless told otherwise, so it ends at 65533.
    package let port: UInt16

    /// The tracker's REP socket.
    package var description: String { endpoint(port) }

    /// Where the bus is subscribed to unless told otherwise: the port after the tracker's.
    package var busSubscribe: String { endpoint(port + 1) }

    /// Where the bus is published to unless told otherwise: two ports after the tracker's.
    package var busPublish: String { endpoint(port + 2) }

    /// - Throws: `MetafileError` that says which part of `text` is wrong.
    package init(_ text: String) throws(MetafileError) {
        let scheme = Self.scheme
        guard text.hasPrefix(scheme), let colon = text.lastIndex(of: ":"),
            text.index(after: colon) > text.index(text.startIndex, offsetBy: scheme.count)
        else {
            throw Self.refusal(text, "it must be tcp://HOST:PORT")
        }
        let host = text[..<colon].dropFirst(scheme.count)
        guard Self.isAddress(host) else {
            throw Self.refusal(text, "its host must be a name, an IPv4 address or an IPv6 address in brackets")
        }
        let digits = text[colon...].dropFirst()
        guard let port = UInt16(digits), (1...65533).contains(port), String(port) == digits else {
            throw Self.refusal(text, "its port must be 1 to 65533; the two ports after it are the bus")
        }
        self.host = String(host)
        self.port = port
    }

    private func endpoint(_ port: UInt16) -> String {
        "tcp://\(host):\(port)"
    }

    private static func refusal(_ text: String, _ rule: String) -> MetafileError {
        MetafileError(.malformed, "the tracker is \"\(PrintableText.of(text))\"; \(rule)")
    }

    private static func isAddress(_ host: Substring) -> Bool {
        guard host.utf8.count <= 253 else { return false }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast().utf8
            return address.contains(UInt8(ascii: ":"))
                && address.allSatisfy { isLetterOrDigit($0) || ":.%".utf8.contains($0) }
        }
        return !host.isEmpty && host.utf8.allSatisfy { isLetterOrDigit($0) || "-._".utf8.contains($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
