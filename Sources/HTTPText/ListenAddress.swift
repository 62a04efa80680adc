/// Where something is served over HTTP: an address of this machine and a port.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    package static let loopback = "127.0.0.1"

    /// A numeric address, without brackets.
    package let host: String
    /// 0 for any free one.
    package let port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST`, `PORT`, `HOST:PORT` or `[HOST]:PORT`, the host a numeric address or `localhost`; where there is none
    /// it is loopback.
    /// - Returns: nil for anything else.
    package init?(_ text: String, defaultPort: UInt16) {
        if let port = UInt16(text) {
            self.init(host: Self.loopback, port: port)
            return
        }
        var host = Substring(text)
        var port: UInt16? = defaultPort
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { return nil }
            if !rest.isEmpty { port = UInt16(rest.dropFirst()) }
            guard host.contains(":") else { return nil }
        } else if text.count(where: { $0 == ":" }) == 1 {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            (host, port) = (parts[0], UInt16(parts[1]))
        }
        if host == "localhost" { host = Substring(Self.loopback) }
        guard let port, Self.isNumeric(host) else { return nil }
        self.init(host: String(host), port: port)
    }

    package var isVersion6: Bool { host.contains(":") }
    package var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" }
    /// Whether it stands for every address of the machine.
    package var isAny: Bool { host == "0.0.0.0" || host == "::" }

    package var description: String { isVersion6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func isNumeric(_ host: Substring) -> Bool {
        if host.contains(":") { return host.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." } }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
