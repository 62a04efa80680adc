import GossipCore
import GossipNode
import Testing
import ZeroMQ

extension PeerTests {
    /// What a node says of itself.
    @Suite struct Status {
        @Test func aPeerTellsHowFarItIsAndWhenItIsComplete() async throws {
            let told = Watched<[NodeStatus]>([])
            var settings = NodeRig.Settings(role: .peer, neighbourCount: 1)
            settings.onStatus = { status in told.update { $0.append(status) } }
            try await NodeRig.run(settings) { rig in
                let first = try #require(told.current.first)
                #expect(first.state == .joining && first.chunksHeld == 0 && first.bytesHeld == 0)
                #expect(first.chunkCount == 9 && first.totalBytes == 9 && first.role == .peer && first.node == "node")
                for cycle: Cycle in 1...9 {
                    try rig.tick(cycle)
                    try rig.neighbours[0].answer { NodeRig.answer(to: $0) }
                    try rig.fence(rig.neighbours[0])
                }
                // Complete, it says so at once.
                #expect(told.wait { $0.last?.state == .complete })
                let last = try #require(told.current.last)
                #expect(last.chunksHeld == 9 && last.bytesHeld == 9 && last.bytesReceived == 9 && last.stall == nil)
                #expect(last.peers == 1 && last.at >= first.at)
            }
        }

        @Test func aSeedIsComplete() async throws {
            let told = Watched<[NodeStatus]>([])
            var settings = NodeRig.Settings()
            settings.onStatus = { status in told.update { $0.append(status) } }
            try await NodeRig.run(settings) { rig in
                let client = try rig.client()
                try rig.tick(1)
                try client.send(rig.pull(1, 5))
                #expect(try client.next()?.last == Array("R".utf8))
                // A second on, what was sent is told.
                #expect(told.wait { $0.last?.bytesSent == 1 })
                let last = try #require(told.current.last)
                #expect(last.state == .complete && last.role == .seed && last.bytesHeld == 9 && last.stall == nil)
            }
        }
    }
}
