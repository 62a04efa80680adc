import GossipCore
import GossipNode
import Testing
import ZeroMQ

extension TrackerTests {
    @Suite struct Requests {
        @Test func repliesAreThoseOfTheProtocol() async throws {
            try await withTracker { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                #expect(try client.ask(getPeers()) == Frames.text("GT1", "peers"))
                #expect(
                    try client.ask(announce("tcp://10.0.0.1:7000"))
                        == Frames.text("GT1", "ok") + [[0, 0, 0x27, 0x10], [0, 0, 0x27, 0x10]])
                #expect(try client.ask(getPeers()) == Frames.text("GT1", "peers", "tcp://10.0.0.1:7000"))
                #expect(try client.ask(leave("tcp://10.0.0.1:7000")) == Frames.text("GT1", "ok"))
                #expect(try client.ask(leave("tcp://10.0.0.1:7000")) == Frames.text("GT1", "ok"))
                #expect(try client.ask(getPeers()) == Frames.text("GT1", "peers"))
            }
        }

        @Test func pipelinedRequestsAreAnsweredInTheirOrder() async throws {
            try await withTracker { stage, endpoints in
                let client = try stage.connected(.dealer, to: endpoints.requests)
                // Each is two requests; of more than 128 that wait in one link answers may be lost.
                let ahead = 60
                for number in 1...600 {
                    let peer = "tcp://10.0.0.1:\(number)"
                    let torrent = Array("torrent \(number)".utf8)
                    #expect(try client.send([[]] + announce(peer, torrent)) == .sent)
                    #expect(try client.send([[]] + getPeers(torrent)) == .sent)
                    guard number > ahead else { continue }
                    try expectAnswers(number - ahead, client)
                }
                for number in (601 - ahead)...600 { try expectAnswers(number, client) }
                #expect(try client.receive(timeout: silence) == nil)
            }
        }

        private func expectAnswers(_ number: Int, _ client: Socket) throws {
            #expect(try client.next()?.prefix(3) == [[], Array("GT1".utf8), Array("ok".utf8)])
            #expect(try client.next() == [[]] + Frames.text("GT1", "peers", "tcp://10.0.0.1:\(number)"))
        }

        @Test func torrentsDoNotMix() async throws {
            try await withTracker { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                let torrents =
                    (0..<200).map { Array("torrent \($0)".utf8) } + [[0], [UInt8](repeating: 255, count: 64)]
                for (number, torrent) in torrents.enumerated() {
                    _ = try client.ask(announce("tcp://10.0.0.1:\(number + 1)", torrent))
                }
                for (number, torrent) in torrents.enumerated() {
                    #expect(try client.askForPeers(torrent) == ["tcp://10.0.0.1:\(number + 1)"])
                }
                #expect(try client.askForPeers(Array("torrent".utf8)) == [])
            }
        }

        @Test func membersBeyondTheBoundsAreRefused() async throws {
            try await withTracker {
                $0.membership.memberLimit = 2
                $0.membership.totalMemberLimit = 3
                $0.membership.torrentLimit = 2
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                func code(_ peer: Int, _ torrent: UInt8) throws -> String? {
                    Frames.errorCode(try client.ask(announce("tcp://10.0.0.1:\(peer)", [torrent])))
                }
                #expect(try code(1, 1) == nil)
                #expect(try code(2, 1) == nil)
                #expect(try code(3, 1) == "overloaded")
                #expect(try code(1, 2) == nil)
                #expect(try code(2, 2) == "overloaded")
                // Those that are in may say so again.
                #expect(try code(1, 1) == nil)
                #expect(try client.ask(leave("tcp://10.0.0.1:1", [1]))?.count == 2)
                #expect(try code(1, 3) == "overloaded")
                #expect(try code(3, 1) == nil)
                #expect(try client.askForPeers([1]).map(Set.init) == ["tcp://10.0.0.1:2", "tcp://10.0.0.1:3"])
            }
        }

        @Test func samplesAreDistinctAndComeFromAllMembers() async throws {
            try await withTracker { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                let members = Set((1...20).map { "tcp://10.0.0.1:\($0)" })
                for member in members { _ = try client.ask(announce(member)) }
                var drawn: [String: Int] = [:]
                for _ in 0..<300 {
                    let sample = try #require(try client.askForPeers())
                    #expect(sample.count == 3)
                    #expect(Set(sample).count == 3)
                    for member in sample { drawn[member, default: 0] += 1 }
                }
                #expect(Set(drawn.keys) == members)
                // Each is drawn 45 times on average, with a deviation of 6.2.
                #expect(drawn.values.allSatisfy { (10...90).contains($0) })
            }
        }

        @Test func smallTorrentsAreNamedWhole() async throws {
            try await withTracker {
                $0.membership.sampleSize = 100
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                for count in 1...100 {
                    _ = try client.ask(announce("tcp://10.0.0.1:\(count)"))
                }
                try client.send(getPeers())
                let reply = try #require(try client.receive(timeout: patience, maximumFrames: 200))
                #expect(Set(reply.dropFirst(2)) == Set((1...100).map { Array("tcp://10.0.0.1:\($0)".utf8) }))
                #expect(reply.count == 102)
            }
        }
    }
}
