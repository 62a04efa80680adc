import HTTPText

/// What the server answers, as bytes.
package struct PageResponse: Sendable {
    package var code: Int
    package var type: String
    package var body: [UInt8]
    /// Further fields, such as a cookie.
    package var fields: [(name: String, value: String)] = []

    package init(_ code: Int, type: String, _ body: [UInt8]) {
        self.code = code
        self.type = type
        self.body = body
    }

    /// An answer for people.
    package init(_ code: Int, _ text: String) {
        self.init(code, type: "text/plain; charset=utf-8", Array((text + "\n").utf8))
    }

    /// Nothing from elsewhere, no script but ours, and in nobody else's frame.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The whole answer; the connection is closed behind it.
    package var bytes: [UInt8] {
        head(["Content-Length: \(body.count)"]) + body
    }

    /// The head of an answer that does not end: server-sent events.
    package static func eventsHead(_ fields: [(name: String, value: String)]) -> [UInt8] {
        var response = PageResponse(200, type: "text/event-stream", [])
        response.fields = fields
        return response.head([])
    }

    private func head(_ more: [String]) -> [UInt8] {
        let lines =
            [
                "HTTP/1.1 \(code) \(ReasonPhrase.of(code))", "Content-Type: \(type)", "Cache-Control: no-store",
                "Content-Security-Policy: \(Self.policy)", "X-Content-Type-Options: nosniff",
                "Referrer-Policy: no-referrer", "Connection: close",
            ] + fields.map { "\($0.name): \($0.value)" } + more
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
