import GossipCore
import HTTPText
import TestSupport
import Testing
import ZeroMQ

@testable import GossipNode

/// Metrics over real connections, of the well-behaved and of others.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct MetricsServerTests {
    /// Whether there is room for one more who asks.
    private static func isAnswered(_ address: ListenAddress) throws -> Bool {
        let scraper = try Scraper(address)
        scraper.send(Scraper.request)
        return scraper.answer()?.code == 200
    }

    @Test func theProcessTellsOfItself() async throws {
        try await MetricsRig.run { stage, address in
            let first = try Scraper.metrics(address)
            #expect(first.value("gotorrent_scrapes_total", ["code": "200"]) == 0)
            #expect(first.value("process_cpu_seconds_total").map { $0 > 0 } == true)
            #if os(Linux)
                #expect(first.value("process_resident_memory_bytes").map { $0 > 1_000_000 } == true)
                #expect(first.value("process_open_fds").map { $0 > 3 } == true)
            #endif
            let second = try Scraper.metrics(address)
            #expect(second.value("gotorrent_scrapes_total", ["code": "200"]) == 1)
            #expect(second.value("gotorrent_scrape_seconds_total").map { $0 > 0 } == true)
        }
    }

    @Test func aRequestMayComeInPieces() async throws {
        try await MetricsRig.run { stage, address in
            let scraper = try Scraper(address)
            for piece in Scraper.request.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                .joined(separator: " ,").split(separator: ",")
            {
                #expect(scraper.answer(timeout: .milliseconds(20)) == nil)
                scraper.send(String(piece))
            }
            #expect(scraper.answer()?.code == 200)
        }
    }

    @Test(arguments: [
        (400, "\u{16}\u{3}\u{1}\u{2}"), (404, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (405, "POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (421, "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n"), (431, String(repeating: "x", count: 100_000)),
    ]) func whoAsksForSomethingElseIsTold(_ code: Int, _ text: String) async throws {
        try await MetricsRig.run { stage, address in
            let scraper = try Scraper(address)
            scraper.send(text)
            #expect(scraper.answer()?.code == code)
            #expect(try Scraper.metrics(address).value("gotorrent_scrapes_total", ["code": "\(code)"]) == 1)
        }
    }

    @Test func aConnectionHasOneAnswer() async throws {
        try await MetricsRig.run { stage, address in
            let scraper = try Scraper(address)
            scraper.send(Scraper.request + Scraper.request)
            scraper.send(Scraper.request)
            let answer = try #require(scraper.answer())
            #expect(answer.code == 200)
            let metrics = try Scraper.metrics(address)
            #expect(metrics.value("gotorrent_scrapes_total", ["code": "200"]) == 1)
            #expect(throws: Never.self) { try Exposition(answer.body) }
        }
    }

    @Test func whoSaysNothingOrStaysIsCut() async throws {
        try await MetricsRig.run(patience: .milliseconds(200)) { stage, address in
            let silent = try Scraper(address)
            let slow = try Scraper(address)
            let staying = try Scraper(address)
            slow.send("GET /metr")
            staying.send(Scraper.request)
            #expect(staying.answer()?.code == 200)
            #expect(silent.waitForEnd())
            #expect(slow.waitForEnd())
            #expect(staying.waitForEnd())
            #expect(throws: Never.self) { try Scraper.metrics(address) }
        }
    }

    @Test func whoSendsForEverIsCut() async throws {
        try await MetricsRig.run(patience: .milliseconds(200)) { stage, address in
            let flood = try Scraper(address)
            let pause = try stage.socket(.pair)
            let text = String(repeating: "x", count: 64 << 10)
            #expect(
                try repeatedly(pause) {
                    flood.send(text)
                    return flood.waitForEnd(.milliseconds(1))
                })
            #expect(throws: Never.self) { try Scraper.metrics(address) }
        }
    }

    /// Of too many connections the newest go, and who asks gets an answer as soon as there is room.
    @Test func connectionsHaveABound() async throws {
        let log = CapturedLog()
        try await MetricsRig.run(patience: .seconds(20), log: log) { stage, address in
            let limit = MetricsServer.connectionLimit
            let silent = try (0..<limit).map { _ in try Scraper(address) }
            let late = try Scraper(address)
            #expect(late.waitForEnd())
            #expect(log.waitFor("link cut"))
            silent[0].send(Scraper.request)
            #expect(silent[0].answer()?.code == 200)
            for scraper in silent { scraper.close() }
            let pause = try stage.socket(.pair)
            #expect(try repeatedly(pause) { try Self.isAnswered(address) })
        }
    }

    @Test func whoVanishesIsForgotten() async throws {
        try await MetricsRig.run { stage, address in
            for _ in 0..<3 * MetricsServer.connectionLimit {
                let scraper = try Scraper(address)
                scraper.send(Scraper.request)
                scraper.close()
            }
            let pause = try stage.socket(.pair)
            #expect(try repeatedly(pause) { try Self.isAnswered(address) })
        }
    }

    @Test func anAddressThatIsTakenIsNamed() async throws {
        try await Runtime.with { runtime in
            let metrics = MetricsNode(context: runtime.context, loop: runtime.loop, log: CapturedLog().logger)
            let address = try await metrics.start(at: ListenAddress(host: "127.0.0.1", port: 0), gate: nil)
            let other = MetricsNode(context: runtime.context, loop: runtime.loop, log: CapturedLog().logger)
            let error = await #expect(throws: NodeError.self) { try await other.start(at: address, gate: nil) }
            let text = error?.description ?? ""
            #expect(text.hasPrefix("cannot serve metrics at \(address): "))
            #expect(text.hasSuffix("--metrics 127.0.0.1:0 takes any free port"))
            await metrics.stop()
            // Now it is free, as soon as libzmq has given it back.
            await other.stop()
        }
    }
}
