import GossipCore
import GossipNode
import GossipWire
import TestSupport
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct Life {
        @Test func aCancelledNodeLeaves() async throws {
            let ending = try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                rig.cancel()
                #expect(try rig.bus.nextEvent().kind == .left)
                #expect(rig.tracker.wait { $0.leaves == 1 })
                guard case .leave(let torrent, let reference)? = rig.tracker.current.requests.last else {
                    Issue.record("the last request was \(rig.tracker.current.requests)")
                    return
                }
                #expect(torrent.bytes == rig.torrent)
                #expect(reference == rig.tracker.current.announced)
            }
            #expect(try ending.get() == .stopped)
        }

        @Test func aCompletePeerEndsWhenItsStayIsOver() async throws {
            var settings = NodeRig.Settings(role: .peer, stay: .milliseconds(0))
            settings.files = [Samples.name + ".part": Array("GOTORREN?".utf8)]
            let ending = try await NodeRig.run(settings) { rig in
                #expect(try rig.bus.nextEvent().kind == .joined)
                try rig.tick(1)
                try rig.client().send(rig.push(1, 8, Array("T".utf8)))
                #expect(try rig.bus.nextEvent().kind == .completed)
                #expect(try rig.bus.nextEvent().kind == .left)
                #expect(rig.folder.read(Samples.name) == Samples.text)
            }
            #expect(try ending.get() == .completed)
        }

        @Test func aPeerThatStartsCompleteServes() async throws {
            var settings = NodeRig.Settings(role: .peer)
            settings.files = [Samples.name: Samples.text]
            try await NodeRig.run(settings) { rig in
                // Both are said before the broker hears anyone: what is said then is kept for it.
                #expect(try rig.bus.nextEvent().kind == .completed)
                #expect(try rig.bus.nextEvent().kind == .joined)
                #expect(try rig.tick(1).bitfield == "ff80")
                let client = try rig.client()
                try client.send(rig.pull(1, 5))
                #expect(try client.next()?.last == Array("R".utf8))
            }
        }

        @Test func anEmptyFileIsCompleteAtOnce() async throws {
            try await NodeRig.run(.init(role: .peer, content: [])) { rig in
                #expect(try rig.bus.nextEvent().kind == .completed)
                #expect(rig.folder.read(Samples.name) == [])
                let report = try rig.tick(1)
                #expect(report.chunkCount == 0)
                #expect(report.isComplete)
                let client = try rig.client()
                try client.send(rig.pull(1, 0))
                #expect(Frames.errorCode(try client.next()) == "malformed")
                try client.send(rig.message("have", 1, []))
                #expect(try client.next() == rig.message("have", 1, []))
                try rig.tick(2)
            }
        }

        @Test func theTrackerSaysHowOftenToAnnounce() async throws {
            try await NodeRig.run(.init()) { rig in
                rig.tracker.update { $0.announceInterval = 0 }
                // The first answer said ten seconds; a silent tracker that comes back is told at once.
                rig.stopTracker()
                #expect(rig.log.waitFor("the tracker does not answer"))
                rig.restartTracker()
                let start = ContinuousClock.now
                #expect(rig.tracker.wait { $0.announces >= 4 })
                // An interval of 0 is no reason to flood it: no more than one each 100 ms, and the one before it was gone.
                let announces = rig.tracker.current.announces
                #expect(announces <= 3 + Int((.now - start) / .milliseconds(100)))
            }
        }

        @Test func theSwarmGoesOnWithoutItsTrackerAndAnnouncesItselfWhenItIsBack() async throws {
            var settings = NodeRig.Settings(role: .peer, neighbourCount: 1)
            settings.refreshInterval = .milliseconds(50)
            try await NodeRig.run(settings) { rig in
                try rig.tick(1)
                try rig.neighbours[0].answer { NodeRig.answer(to: $0) }
                rig.stopTracker()
                #expect(rig.log.waitFor("the tracker does not answer"))
                #expect(rig.tracker.current.announces == 1)
                try rig.tick(2)
                try rig.neighbours[0].answer { NodeRig.answer(to: $0) }
                try rig.fence(rig.neighbours[0])
                #expect(try rig.tick(3).chunksHeld == 2)

                rig.restartTracker()
                #expect(rig.log.waitFor("the tracker answers again"))
                #expect(rig.tracker.wait { $0.announces == 2 })
                #expect(rig.log.lines(saying: "the tracker does not answer").count == 1)
            }
        }

        /// No question failed; the tracker's interval is 10 s.
        @Test func aTrackerThatForgotItIsToldAtOnceAndNotAgainAndAgain() async throws {
            var settings = NodeRig.Settings(neighbourCount: 2)
            settings.refreshInterval = .milliseconds(200)
            try await NodeRig.run(settings) { rig in
                try rig.tick(1)
                let asked = rig.tracker.current.questions
                #expect(rig.tracker.wait { $0.questions >= asked + 2 })
                #expect(rig.tracker.current.announces == 1)
                rig.tracker.update { $0.members.removeAll() }
                #expect(rig.log.waitFor("the tracker has forgotten this node"))
                #expect(rig.tracker.wait { $0.announces == 2 })
                // This one forgets it each time: it is told once a refresh, not more often.
                let later = rig.tracker.current
                #expect(rig.tracker.wait { $0.questions >= later.questions + 4 })
                let now = rig.tracker.current
                #expect(now.announces - later.announces <= now.questions - later.questions)
                #expect(rig.log.lines(saying: "the tracker does not answer").isEmpty)
            }
        }

        /// Those whom the tracker named may be gone, and with an interval of a minute nobody else would be known for as long.
        @Test func whoHasNoChunkInBulkAsksAgainSoon() async throws {
            var settings = NodeRig.Settings(
                role: .peer, gossip: GossipParameters(fanout: 1, separation: .relaxed, exchange: .bulk),
                strangers: ["tcp://127.0.0.1:1"])
            settings.refreshInterval = .seconds(60)
            try await NodeRig.run(settings) { rig in
                try rig.tick(1)
                let asked = rig.tracker.current.questions
                #expect(rig.tracker.wait { $0.questions >= asked + 3 })
            }
        }

        @Test(arguments: [
            [[]], Frames.text("GT1"), Frames.text("GT1", "ok"), Frames.text("GT1", "ok", "1234", "12345"),
            Frames.text("GT1", "peers", "nobody"), Frames.text("GT1", "error", "overloaded", "come later"),
            Frames.text("GT1", "error"), [[UInt8]](repeating: [1], count: 500), [[UInt8](repeating: 0, count: 1 << 20)],
        ])
        func aTrackerThatTalksNonsenseIsAskedAgain(_ nonsense: [[UInt8]]) async throws {
            var settings = NodeRig.Settings()
            settings.refreshInterval = .milliseconds(50)
            try await NodeRig.run(settings) { rig in
                try rig.tick(1)
                rig.tracker.update { $0.nonsense = nonsense }
                let asked = rig.tracker.current.questions
                #expect(rig.tracker.wait { $0.questions >= asked + 3 })
                rig.tracker.update { $0.nonsense = nil }
                #expect(rig.log.waitFor("the tracker answers again"))
                #expect(rig.tracker.wait { $0.announces >= 2 })
            }
        }

        @Test func aNodeIsNoPeerOfItsOwn() async throws {
            var settings = NodeRig.Settings(gossip: GossipParameters(style: .push, fanout: 2), neighbourCount: 1)
            settings.refreshInterval = .milliseconds(10)
            try await NodeRig.run(settings) { rig in
                rig.tracker.update { state in
                    if let own = state.announced { state.members.append(own) }
                }
                let asked = rig.tracker.current.questions
                #expect(rig.tracker.wait { $0.questions >= asked + 2 })
                try rig.tick(1)
                #expect(try rig.neighbours[0].next()[1] == Array("push".utf8))
                let report = try rig.tick(2)
                #expect(report.messages.sent == 1)
                #expect(report.messages.redundant == 0)
            }
        }
    }
}
