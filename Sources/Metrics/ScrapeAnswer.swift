import HTTPText

/// What whoever asks for metrics is answered, as values: GET and HEAD of `/metrics`, and nothing else.
package struct ScrapeAnswer: Equatable, Sendable {
    package static let path = "/metrics"

    package let code: Int
    package let type: String
    package let body: String
    /// Whether the body is left out, though its length is told.
    package var isHead = false

    /// - Parameters:
    ///   - outcome: what was read of the request.
    ///   - isOnLoopback: whether the server listens on loopback, and so answers only those who ask for this machine by
    ///     its loopback.
    ///   - metrics: called where they are to be given out.
    /// - Returns: nil where more of the request is to come.
    package static func to(
        _ outcome: RequestReader.Outcome, isOnLoopback: Bool, metrics: () -> MetricSet
    ) -> ScrapeAnswer? {
        switch outcome {
        case .incomplete: nil
        case .malformed: refusal(400, "this is no HTTP request")
        case .tooLarge: refusal(431, "the request's head is longer than \(RequestHead.sizeLimit) bytes")
        case .head(let head): answer(head, isOnLoopback: isOnLoopback, metrics)
        }
    }

    private static func answer(_ head: RequestHead, isOnLoopback: Bool, _ metrics: () -> MetricSet) -> ScrapeAnswer {
        guard head.fields.count(where: { $0.name == "host" }) == 1 else {
            return refusal(400, "a request names the host that it asks, once")
        }
        guard !isOnLoopback || head.isForLoopback else {
            return refusal(421, "metrics are given to this machine alone; ask for them as 127.0.0.1")
        }
        // RFC 9112, 6.3: anything that follows would be its content, which is never read.
        guard head.field("transfer-encoding") == nil, head.field("content-length").map({ $0 == "0" }) ?? true else {
            return refusal(400, "a request for metrics has no content")
        }
        guard ["GET", "HEAD"].contains(head.method) else { return refusal(405, "metrics are asked for by GET or HEAD") }
        guard head.path == path else { return refusal(404, "here is \(path) alone") }
        return ScrapeAnswer(
            code: 200, type: MetricSet.contentType, body: metrics().text, isHead: head.method == "HEAD")
    }

    private static func refusal(_ code: Int, _ text: String) -> ScrapeAnswer {
        ScrapeAnswer(code: code, type: "text/plain; charset=utf-8", body: text + "\n")
    }

    /// The whole answer, after which the connection is to be closed.
    package var bytes: [UInt8] {
        var lines = [
            "HTTP/1.1 \(code) \(ReasonPhrase.of(code))", "Content-Type: \(type)",
            "Content-Length: \(body.utf8.count)", "Cache-Control: no-store", "X-Content-Type-Options: nosniff",
            "Connection: close",
        ]
        if code == 405 { lines.append("Allow: GET, HEAD") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + (isHead ? "" : body)).utf8)
    }
}
