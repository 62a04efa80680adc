import HTTPText
import Testing

@testable import Metrics

@Suite struct ScrapeAnswerTests {
    private static let metric = MetricDescription(.gauge, "answer", "The answer.")

    /// What is answered to a request, and whether metrics were collected for it.
    private func ask(_ text: String, isOnLoopback: Bool = true) -> (answer: ScrapeAnswer?, hasCollected: Bool) {
        var reader = RequestReader()
        var hasCollected = false
        let answer = ScrapeAnswer.to(reader.take(text.utf8), isOnLoopback: isOnLoopback) {
            hasCollected = true
            var set = MetricSet()
            set.add(Self.metric, 42)
            return set
        }
        return (answer, hasCollected)
    }

    private func request(_ line: String, _ fields: String...) -> String {
        ([line] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test func metricsAreGivenToWhoeverAsks() throws {
        let answer = try #require(ask(request("GET /metrics HTTP/1.1", "Host: 127.0.0.1:6990")).answer)
        let body = "# HELP answer The answer.\n# TYPE answer gauge\nanswer 42\n"
        #expect(
            String(decoding: answer.bytes, as: UTF8.self) == """
                HTTP/1.1 200 OK\r
                Content-Type: text/plain; version=0.0.4; charset=utf-8\r
                Content-Length: \(body.utf8.count)\r
                Cache-Control: no-store\r
                X-Content-Type-Options: nosniff\r
                Connection: close\r
                \r
                \(body)
                """)
    }

    @Test func aHeadHasTheLengthAlone() throws {
        let whole = try #require(ask(request("GET /metrics HTTP/1.1", "Host: localhost")).answer)
        let head = try #require(ask(request("HEAD /metrics HTTP/1.1", "Host: localhost")).answer)
        #expect(head.bytes + Array(whole.body.utf8) == whole.bytes)
    }

    @Test(arguments: [
        (200, "GET /metrics HTTP/1.0\r\nHost: [::1]\r\n\r\n"),
        (200, "GET /metrics?a=b HTTP/1.1\r\nHost: 127.1.2.3:1\r\n\r\n"),
        (200, "GET /metrics HTTP/1.1\r\nhost: localhost\r\nContent-Length: 0\r\n\r\n"),
        (400, "GET /metrics HTTP/1.1\r\n\r\n"),
        (400, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"),
        (400, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"),
        (400, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"),
        (400, "GET /metrics HTTP/2.0\r\nHost: localhost\r\n\r\n"), (400, "GT1" + "\u{0}"), (400, "\n"),
        (400, "GET metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (404, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), (404, "GET /metrics/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (404, "GET /Metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (405, "POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (405, "get /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (421, "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        (431, String(repeating: "x", count: RequestHead.sizeLimit)),
    ]) func everyRequestHasItsCode(_ code: Int, _ text: String) throws {
        let (answer, hasCollected) = ask(text)
        #expect(answer?.code == code, "\(answer?.body ?? "no answer")")
        #expect(hasCollected == (code == 200), "metrics are collected for those alone who get them")
        #expect(try #require(answer).bytes.starts(with: Array("HTTP/1.1 \(code) ".utf8)))
    }

    @Test func beyondLoopbackItMayBeAnyHost() {
        #expect(ask(request("GET /metrics HTTP/1.1", "Host: lab1"), isOnLoopback: false).answer?.code == 200)
    }

    @Test func whoMayOnlyGetIsToldSo() throws {
        let answer = try #require(ask(request("PUT /metrics HTTP/1.1", "Host: localhost")).answer)
        #expect(String(decoding: answer.bytes, as: UTF8.self).contains("\r\nAllow: GET, HEAD\r\n"))
    }

    @Test func anUnfinishedRequestIsNotAnswered() {
        #expect(ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n").answer == nil)
    }
}
