/// The head of an HTTP/1.1 request, as far as our servers ask: all bounded, all checked.
///
/// Source: RFC 9112.
package struct RequestHead: Equatable, Sendable {
    /// A head that is longer is refused.
    package static let sizeLimit = 8 << 10

    package var method: String
    /// Without the query.
    package var path: String
    /// In the order given; later ones of the same name are kept, and the first counts.
    package var query: [(name: String, value: String)]
    /// Names in lower case.
    package var fields: [(name: String, value: String)]

    /// - Parameter text: from the request line up to the empty line, that included or not.
    /// - Returns: nil where it is no head.
    package init?(_ text: String) {
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)
        guard let words = lines.first?.split(separator: " ", omittingEmptySubsequences: false), words.count == 3,
            words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0", words[1].first == "/"
        else { return nil }
        method = String(words[0])
        let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(target[0])
        query = target.count < 2 ? [] : Self.pairs(target[1], separatedBy: "&")
        fields = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            fields.append((line[..<colon].lowercased(), Self.trimmed(line[line.index(after: colon)...])))
        }
    }

    /// The first value of a query's name.
    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The first value of a field, its name in lower case.
    package func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The value of a cookie. Source: RFC 6265.
    package func cookie(_ name: String) -> String? {
        Self.pairs(Substring(field("cookie") ?? ""), separatedBy: ";").first { $0.name == name }?.value
    }

    /// Whether `Host` names this machine by its loopback, with whatever port: a page of somebody else's that had its own
    /// name lead here (DNS rebinding) says that name.
    package var isForLoopback: Bool {
        guard let host = field("host") else { return false }
        let name: Substring
        if host.first == "[" {
            name = host.prefix { $0 != "]" } + "]"
        } else {
            name = host.prefix { $0 != ":" }
        }
        return ["127.0.0.1", "localhost", "[::1]"].contains(name.lowercased())
            || name.hasPrefix("127.") && name.allSatisfy { $0.isNumber || $0 == "." }
    }

    private static func pairs(_ text: Substring, separatedBy separator: Character) -> [(name: String, value: String)] {
        text.split(separator: separator).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (trimmed(parts[0]), parts.count < 2 ? "" : trimmed(parts[1]))
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        var end = start
        while end.last == " " || end.last == "\t" { end.removeLast() }
        return String(end)
    }

    package static func == (left: RequestHead, right: RequestHead) -> Bool {
        left.method == right.method && left.path == right.path && left.query.elementsEqual(right.query, by: ==)
            && left.fields.elementsEqual(right.fields, by: ==)
    }
}
