import GossipCore
import GossipNode
import GossipWire
import HTTPText
import TestSupport
import Testing
import ZeroMQ

extension TrackerTests {
    @Suite struct Metrics {
        private static func run(
            interval: TimeSpan = .seconds(3_600), expectedMembers: Int = 1_000,
            _ change: @escaping @Sendable (inout TrackerNodeConfiguration) -> Void = { _ in },
            _ body: @Sendable (Stage, ListenAddress, TrackerEndpoints) throws -> Void
        ) async throws {
            try await MetricsRig.run { runtime, registry in
                var configuration = TrackerNodeConfiguration(
                    bindEndpoint: "tcp://127.0.0.1:*", interval: interval, randomSeed: 1)
                configuration.expectedMembers = expectedMembers
                configuration.metrics = registry
                change(&configuration)
                let tracker = TrackerNode(
                    configuration, context: runtime.context, loop: runtime.loop, log: CapturedLog().logger)
                return (try await tracker.start(), { await tracker.stop() })
            } _: {
                try body($0, $1, $2)
            }
        }

        @Test func requestsAreCountedByVerbAndError() async throws {
            try await Self.run { stage, address, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                for _ in 0..<3 { _ = try client.ask(announce("tcp://h:1")) }
                for _ in 0..<2 { _ = try client.ask(getPeers()) }
                _ = try client.ask(leave("tcp://h:2"))
                #expect(Frames.errorCode(try client.ask(Frames.text("GT2", "announce"))) == "bad-signature")
                #expect(Frames.errorCode(try client.ask(Frames.text("GT1", "dance"))) == "unknown-verb")
                let unknown = Frames.text("GT1", "get_metafile") + [torrent, Frames.number(UInt64(0))]
                #expect(Frames.errorCode(try client.ask(unknown)) == "unknown-torrent")
                let metrics = try Scraper.metrics(address)
                let requests = [
                    "announce": 3.0, "get_peers": 2, "leave": 1, "get_metafile": 1, "get_info": 0, "other": 2,
                ]
                for (verb, count) in requests {
                    #expect(metrics.value("gotorrent_tracker_requests_total", ["verb": verb]) == count, "\(verb)")
                }
                #expect(metrics["gotorrent_tracker_requests_total"]?.samples.count == requests.count)
                for code in WireError.Code.allCases {
                    let expected = [.badSignature, .unknownVerb, .unknownTorrent].contains(code) ? 1.0 : 0
                    let count = metrics.value("gotorrent_tracker_errors_total", ["code": code.rawValue])
                    #expect(count == expected, "\(code)")
                }
                #expect(metrics.value("gotorrent_tracker_links", ["socket": "requests"]) == 1)
            }
        }

        @Test func membersAreToldByTorrentAndTheLabelsAreBounded() async throws {
            try await Self.run { stage, address, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                // The torrent with number n has n members, so that the sixty largest are known.
                for number in 1...60 {
                    for member in 1...number {
                        _ = try client.ask(announce("tcp://h:\(member)", Array("torrent \(number)".utf8)))
                    }
                }
                let metrics = try Scraper.metrics(address)
                #expect(metrics.value("gotorrent_tracker_members") == Double(60 * 61 / 2))
                #expect(metrics.value("gotorrent_tracker_torrents") == 60)
                let family = try #require(metrics["gotorrent_tracker_torrent_members"])
                #expect(family.samples.count == 51)
                let hex = { (number: Int) in Array("torrent \(number)".utf8).hex }
                for number in 11...60 {
                    #expect(metrics.value(family.name, ["torrent": hex(number)]) == Double(number))
                }
                #expect(metrics.value(family.name, ["torrent": "other"]) == Double(10 * 11 / 2))
            }
        }

        @Test func silentMembersAreCounted() async throws {
            try await Self.run(interval: .milliseconds(10)) {
                $0.membership.peerTimeout = .milliseconds(20)
            } _: { stage, address, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                for port in 1...3 { _ = try client.ask(announce("tcp://h:\(port)")) }
                #expect(
                    try repeatedly(client) {
                        try Scraper.metrics(address).value("gotorrent_tracker_silent_members_total") == 3
                    })
                #expect(try Scraper.metrics(address).value("gotorrent_tracker_members") == 0)
            }
        }

        @Test func theClockTellsItsTicks() async throws {
            try await Self.run(interval: .milliseconds(20), expectedMembers: 0) { stage, address, _ in
                let pause = try stage.socket(.pair)
                #expect(
                    try repeatedly(pause) {
                        try Scraper.metrics(address).value("gotorrent_clock_ticks_total").map { $0 >= 3 } == true
                    })
                let metrics = try Scraper.metrics(address)
                #expect(metrics.value("gotorrent_clock_interval_seconds") == 0.02)
                #expect(
                    metrics.value("gotorrent_clock_lateness_seconds_count")
                        == metrics.value("gotorrent_clock_ticks_total"))
                // Ticks that were slept through have numbers, too.
                let cycle = try #require(metrics.value("gotorrent_clock_cycle"))
                let ticks = try #require(metrics.value("gotorrent_clock_ticks_total"))
                #expect(cycle >= ticks)
            }
        }

        @Test func theBusCountsWhatPassesAndWhatDoesNot() async throws {
            try await Self.run { stage, address, endpoints in
                let node = try stage.connected(.xpublish, to: endpoints.busPublish)
                #expect(try node.next() == [[1]])
                for _ in 0..<5 { try node.send(BusTests.event.frames) }
                for _ in 0..<2 { try node.send(Frames.text("cycle", "{}")) }
                #expect(
                    try repeatedly(node) {
                        let metrics = try Scraper.metrics(address)
                        return metrics.value("gotorrent_bus_messages_total", ["outcome": "passed"]) == 5
                            && metrics.value("gotorrent_bus_messages_total", ["outcome": "refused"]) == 2
                            && metrics.value("gotorrent_tracker_links", ["socket": "bus_publish"]) == 1
                    })
            }
        }
    }
}
