import TestSupport
import Testing

@testable import HTTPText

@Suite struct RequestReaderTests {
    private static let text = "GET /metrics?a=b HTTP/1.1\r\nHost: 127.0.0.1\r\nX:\ty\r\n\r\n"

    @Test func aHeadIsReadHoweverItsBytesCome() throws {
        let expected = RequestReader.Outcome.head(try #require(RequestHead(String(Self.text.dropLast(1)))))
        let bytes = Array(Self.text.utf8)
        for cut in 0..<bytes.count {
            var reader = RequestReader()
            #expect(reader.take(bytes[..<cut]) == .incomplete, "after \(cut) bytes")
            #expect(reader.take(bytes[cut...]) == expected, "after \(cut) bytes")
        }
    }

    @Test func whatFollowsAHeadChangesNothing() {
        var reader = RequestReader()
        let first = reader.take(Self.text.utf8)
        #expect(reader.take("\u{0}\u{0}".utf8) == first)
        #expect(reader.take(Self.text.utf8) == first)
        var other = RequestReader()
        #expect(other.take((Self.text + "POST / HTTP/1.1\r\n\r\n").utf8) == first)
    }

    @Test(arguments: [
        "\u{16}\u{3}\u{1}", "\n", "\r\r", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r ", "GET /é HTTP/1.1", "\u{7F}", "\u{0}",
        "\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
    ]) func whatCannotBecomeAHeadIsRefusedAtOnce(_ text: String) {
        var reader = RequestReader()
        #expect(reader.take(text.utf8) == .malformed)
        #expect(reader.take(Self.text.utf8) == .malformed)
    }

    @Test func aHeadHasABound() {
        let most = RequestHead.sizeLimit - 1
        var reader = RequestReader()
        #expect(reader.take(String(repeating: "x", count: most).utf8) == .incomplete)
        #expect(reader.take("x".utf8) == .tooLarge)
        #expect(reader.take("x".utf8) == .tooLarge)
    }

    /// Whatever comes, in whatever pieces, is taken, and the pieces make no difference.
    @Test func randomBytesDoNoHarm() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n\u{0}\u{80}".utf8)
        for _ in 0..<5_000 {
            var bytes = Array(Self.text.utf8)
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = alphabet.randomElement(using: &generator) ?? 0
            }
            var whole = RequestReader()
            let expected = whole.take(bytes)
            var parts = RequestReader()
            var outcome = RequestReader.Outcome.incomplete
            for byte in bytes { outcome = parts.take(CollectionOfOne(byte)) }
            #expect(outcome == expected)
        }
    }
}
