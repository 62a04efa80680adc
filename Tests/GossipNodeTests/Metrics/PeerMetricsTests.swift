import GossipCore
import GossipNode
import GossipWire
import TestSupport
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct Metrics {
        private static func scrape(_ rig: NodeRig) throws -> Exposition {
            try Scraper.metrics(#require(rig.metrics))
        }

        /// What the metrics say is what the bus says, and what the test did.
        @Test func aPeerTellsWhatItCounted() async throws {
            var settings = NodeRig.Settings(role: .peer, neighbourCount: 1)
            settings.files = [Samples.name + ".part": Array("G".utf8)]
            settings.servesMetrics = true
            try await NodeRig.run(settings) { rig in
                let before = try Self.scrape(rig)
                #expect(before.value("gotorrent_node_state", ["state": "joining"]) == 1)
                #expect(before.value("gotorrent_cycle") == 0)
                #expect(before.value("gotorrent_chunks") == 9)
                #expect(before.value("gotorrent_content_bytes") == 9)
                for cycle: Cycle in 1...3 {
                    try rig.tick(cycle, interval: 100)
                    try rig.neighbours[0].answer {
                        cycle == 2 ? Frames.text("GT1", "none") + $0[2...] : NodeRig.answer(to: $0)
                    }
                    try rig.fence(rig.neighbours[0])
                }
                let metrics = try Self.scrape(rig)
                let report = try rig.tick(4, interval: 3_600_000)
                for (kind, path) in MessageCounts.fields where kind != "sent" {
                    #expect(
                        metrics.value("gotorrent_messages_total", ["kind": kind])
                            == Double(report.messages[keyPath: path]))
                }
                #expect(metrics.value("gotorrent_messages_total", ["kind": "sent"]) == 3)
                #expect(metrics.value("gotorrent_messages_total", ["kind": "useful"]) == 2)
                #expect(metrics.value("gotorrent_messages_total", ["kind": "missed"]) == 1)
                #expect(metrics.value("gotorrent_chunks_held") == 3)
                #expect(metrics.value("gotorrent_held_bytes") == 3)
                #expect(metrics.value("gotorrent_received_bytes_total") == 2)
                #expect(metrics.value("gotorrent_sent_bytes_total") == 0)
                #expect(metrics.value("gotorrent_cycle") == 3)
                #expect(metrics.value("gotorrent_cycle_interval_seconds") == 0.1)
                #expect(metrics.value("gotorrent_node_state", ["state": "downloading"]) == 1)
                #expect(metrics.value("gotorrent_node_state", ["state": "joining"]) == 0)
                #expect(metrics.value("gotorrent_peers_known") == 1)
                #expect(metrics.value("gotorrent_links", ["direction": "made"]) == 1)
                #expect(metrics.value("gotorrent_chunk_latency_seconds_count") == 2)
                #expect(metrics.value("gotorrent_chunk_latency_seconds_sum").map { $0 > 0 } == true)
                #expect(metrics.value("gotorrent_cycle_lateness_seconds_count") == 2)
                #expect(metrics.value("gotorrent_tracker_calls_total", ["outcome": "answered"]).map { $0 >= 3 } == true)
                let labels = ["node": "node", "torrent": rig.torrent.hex]
                #expect(
                    metrics.value("gotorrent_node_info", labels.merging(["role": "peer", "style": "pull"]) { $1 }) == 1)
                // Each value of the node's own says whose it is.
                for family in metrics.families
                where !["process", "gotorrent_scrape"].contains(where: family.name.hasPrefix) {
                    #expect(
                        family.samples.allSatisfy { sample in labels.allSatisfy { sample.labels[$0.key] == $0.value } })
                }
            }
        }

        @Test func aSeedTellsWhatItSent() async throws {
            var settings = NodeRig.Settings()
            settings.servesMetrics = true
            try await NodeRig.run(settings) { rig in
                try rig.tick(1)
                let client = try rig.client()
                for chunk: UInt32 in 0..<4 {
                    try client.send(rig.pull(1, chunk))
                    _ = try #require(try client.next())
                }
                try client.send(Frames.text("GT1", "nonsense"))
                _ = try #require(try client.next())
                let metrics = try Self.scrape(rig)
                #expect(metrics.value("gotorrent_sent_bytes_total") == 4)
                #expect(metrics.value("gotorrent_messages_total", ["kind": "refused"]) == 1)
                #expect(metrics.value("gotorrent_node_state", ["state": "complete"]) == 1)
                #expect(metrics.value("gotorrent_chunks_held") == 9)
                #expect(metrics.value("gotorrent_links", ["direction": "accepted"]) == 1)
                #expect(metrics.value("gotorrent_chunk_latency_seconds_count") == 0)
                #expect(metrics.value("gotorrent_holdover") == 0)
            }
        }

        @Test func aLostTrackerShows() async throws {
            var settings = NodeRig.Settings(role: .peer)
            settings.refreshInterval = .milliseconds(50)
            settings.servesMetrics = true
            try await NodeRig.run(settings) { rig in
                #expect(try Self.scrape(rig).value("gotorrent_tracker_silent") == 0)
                rig.stopTracker()
                #expect(rig.log.waitFor("the tracker does not answer"))
                let metrics = try Self.scrape(rig)
                #expect(metrics.value("gotorrent_tracker_silent") == 1)
                #expect(
                    metrics.value("gotorrent_tracker_calls_total", ["outcome": "unanswered"]).map { $0 >= 1 } == true)
            }
        }

        @Test func holdoverShows() async throws {
            var settings = NodeRig.Settings(role: .peer)
            settings.servesMetrics = true
            try await NodeRig.run(settings) { rig in
                try rig.tick(1, interval: 20)
                #expect(rig.log.waitFor("the clock is silent"))
                #expect(try Self.scrape(rig).value("gotorrent_holdover") == 1)
            }
        }

        @Test func aNodeThatIsGoneTellsNothing() async throws {
            var settings = NodeRig.Settings(role: .peer)
            settings.servesMetrics = true
            try await NodeRig.run(settings) { rig in
                #expect(try Self.scrape(rig)["gotorrent_node_info"] != nil)
                rig.cancel()
                let pause = try rig.stage.socket(.pair)
                #expect(try repeatedly(pause) { try Self.scrape(rig)["gotorrent_node_info"] == nil })
            }
        }
    }
}
