import GossipCore
import GossipNode
import GossipWire
import TestSupport
import Testing

extension PeerTests {
    /// What a node that exchanges in bulk has to do with the clock's Δ.
    @Suite struct BulkCycle {
        private static let bulk = GossipParameters(fanout: 1, separation: .relaxed, exchange: .bulk)

        /// The core was made for cycles of 40 ms, and hears what a tick says, once for each change.
        @Test func theCoreIsToldWhatTheTicksSay() async throws {
            try await NodeRig.run(.init(gossip: Self.bulk, traceName: "node.trace")) { rig in
                try rig.tick(1)
                try rig.tick(2)
                try rig.tick(3, interval: 3_500_000)
                try rig.tick(4, interval: 3_500_000)
                // The trace is on the disk before the node reports the cycle.
                let text = String(decoding: try #require(rig.folder.read("node.trace")), as: UTF8.self)
                let events = text.split(separator: "\n").filter {
                    $0.hasPrefix("> cycleStarted") || $0.hasPrefix("> intervalHeard")
                }
                #expect(
                    events == [
                        "> intervalHeard 3600000000000", "> cycleStarted 1", "> cycleStarted 2",
                        "> intervalHeard 3500000000000", "> cycleStarted 3", "> cycleStarted 4",
                    ])
            }
        }

        @Test func theChunkSizeIsReportedInBulkAlone() async throws {
            try await NodeRig.run(.init(gossip: Self.bulk)) { rig in
                let report = try rig.tick(1)
                #expect(report.bulkChunkSize == 1)
            }
            try await NodeRig.run(.init()) { rig in
                let report = try rig.tick(1)
                #expect(report.bulkChunkSize == nil)
            }
        }
    }
}
