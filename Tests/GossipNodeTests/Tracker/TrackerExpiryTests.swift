import GossipCore
import GossipNode
import Testing
import ZeroMQ

extension TrackerTests {
    @Suite struct Expiry {
        @Test func silentMembersAreRemovedButNotBeforeTheirTime() async throws {
            try await withTracker(interval: .milliseconds(50)) {
                $0.membership.peerTimeout = .milliseconds(150)
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                let start = MonotonicTime.now
                #expect(
                    try client.ask(announce("tcp://h:1"))
                        == Frames.text("GT1", "ok") + [Frames.number(UInt32(10_000)), Frames.number(UInt32(150))])
                #expect(try repeatedly(client) { try client.askForPeers() == [] })
                #expect(MonotonicTime.now - start > .milliseconds(200))
            }
        }

        @Test func whoAnnouncesItselfStays() async throws {
            try await withTracker(interval: .milliseconds(100)) {
                $0.membership.peerTimeout = .milliseconds(500)
                $0.membership.announceInterval = .milliseconds(500)
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                _ = try client.ask(announce("tcp://silent:1"))
                let isAlone = try repeatedly(client) {
                    _ = try client.ask(announce("tcp://punctual:1"))
                    let peers = try client.askForPeers()
                    #expect(peers?.contains("tcp://punctual:1") == true)
                    return peers == ["tcp://punctual:1"]
                }
                #expect(isAlone)
            }
        }

        @Test func silentMembersMakeRoomThoughNobodyAsksForTheirTorrent() async throws {
            try await withTracker {
                $0.membership.peerTimeout = .milliseconds(10)
                $0.membership.totalMemberLimit = 1
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                #expect(try client.ask(announce("tcp://h:1", [1]))?[1] == Array("ok".utf8))
                #expect(Frames.errorCode(try client.ask(announce("tcp://h:1", [2]))) == "overloaded")
                #expect(try repeatedly(client) { try client.ask(announce("tcp://h:1", [2]))?[1] == Array("ok".utf8) })
            }
        }
    }
}
