import GossipCore
import GossipWire
import Testing
import ZeroMQ

@testable import GossipNode

extension PeerTests {
    /// Who asks, and does not read the answers.
    @Suite struct UnreadAnswers {
        private static let size = 1 << 19
        /// More than its link and the system's buffers take.
        private static let pulls = 200

        /// Late pulls are served too.
        private static var settings: NodeRig.Settings {
            NodeRig.Settings(
                content: Samples.bytes(size), chunkSize: UInt32(size),
                gossip: GossipParameters(style: .pull, separation: .relaxed))
        }

        private static func greedyClient(_ rig: NodeRig) throws -> Socket {
            let client = try rig.stage.socket(.dealer)
            try client.set(.receiveHighWaterMark, to: 1)
            try client.set(.receiveBuffer, to: 64 << 10)
            try client.connect(rig.endpoint)
            for _ in 0..<pulls { #expect(try client.send(rig.pull(1, 0)) == .sent) }
            return client
        }

        @Test func areFewAndTheOthersAreLate() async throws {
            try await NodeRig.run(Self.settings) { rig in
                try rig.tick(1)
                let client = try Self.greedyClient(rig)
                var report = try rig.tick(2)
                var answered: UInt64 { report.bytesSent / UInt64(Self.size) }
                let isRead = try repeatedly(client) {
                    report = try rig.tick(report.cycle + 2)
                    return report.messages.refused + answered == UInt64(Self.pulls)
                }
                #expect(isRead, "each is answered or refused: \(report.messages), \(answered) answered")
                // Four wait at the node, 2 MiB of them; some more are in the system's buffers.
                #expect((1...40).contains(answered))
                let witness = try rig.client()
                try witness.send(rig.pull(report.cycle + 1, 0))
                #expect(try witness.next()?.last?.count == Self.size)
            }
        }

        @Test func areTakenBackWhereOthersNeedTheRoom() async throws {
            var settings = Self.settings
            // A sixteenth of a process may leave 2 MiB unread, no more than one link.
            settings.nodeCount = 16
            try await NodeRig.run(settings) { rig in
                try rig.tick(1)
                let client = try Self.greedyClient(rig)
                var report = try rig.tick(2)
                _ = try repeatedly(client) {
                    report = try rig.tick(report.cycle + 2)
                    return report.messages.refused > 0
                }
                let witness = try rig.client()
                var verbs: [[UInt8]] = []
                let isServed = try repeatedly(witness) {
                    try witness.send(rig.pull(report.cycle, 0))
                    verbs.append(try #require(try witness.next())[1])
                    return verbs.last == Array("chunk".utf8)
                }
                #expect(isServed && verbs.first == Array("late".utf8))
                let cut = rig.log.lines(saying: "link cut")
                #expect(cut.map { $0.metadata["because"] } == ["it takes no chunks"])
            }
        }

        /// Half a second's worth comes at once, the rest at the rate.
        @Test func pullsKeepToTheUploadLimit() async throws {
            var settings = Self.settings
            settings.uploadRate = UInt64(Self.size)
            try await NodeRig.run(settings) { rig in
                try rig.tick(1)
                let client = try rig.client()
                let start = MonotonicTime.now
                for _ in 0..<20 { try client.send(rig.pull(1, 0)) }
                var chunks = 0
                for _ in 0..<20 where try client.next()?[1] == Array("chunk".utf8) { chunks += 1 }
                let seconds = Double((MonotonicTime.now - start) / .milliseconds(1)) / 1_000
                #expect(
                    chunks >= 1 && Double(chunks) <= 2 + seconds, "\(chunks) chunks of a second each in \(seconds) s")
            }
        }
    }
}
