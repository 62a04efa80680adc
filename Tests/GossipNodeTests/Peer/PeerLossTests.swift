import GossipCore
import GossipWire
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct Loss {
        /// Begins a cycle in which all that is asked is answered.
        private func run(_ cycle: Cycle, _ rig: NodeRig, _ neighbour: FakePeer) throws -> ProgressReport {
            let report = try rig.tick(cycle)
            #expect(
                try neighbour.answer { Frames.text("GT1", "none") + $0[2...] }.dropLast()
                    == rig.pull(cycle, 0).dropLast())
            try rig.fence(neighbour)
            return report
        }

        @Test func aPeerThatIsNotThereIsDroppedAndTheRunGoesOn() async throws {
            try await Runtime.with { runtime in
                let absent = try await runtime.stage { try $0.vacantEndpoint() }
                let gossip = GossipParameters(style: .pull, fanout: 2)
                let settings = NodeRig.Settings(role: .peer, gossip: gossip, neighbourCount: 1, strangers: [absent])
                try await NodeRig.run(settings) { rig in
                    for cycle: Cycle in 1...3 {
                        let report = try run(cycle, rig, rig.neighbours[0])
                        #expect(report.messages.undelivered == cycle - 1)
                        #expect(report.messages.sent == (cycle - 1) * 2)
                        // Named again, it would be asked again. Before the first cycle an answer replaces the one before.
                        rig.tracker.update { $0.members = [rig.neighbours[0].reference] }
                    }
                    #expect(rig.log.lines(saying: "peer is gone").isEmpty)
                    _ = try run(4, rig, rig.neighbours[0])
                    #expect(rig.log.lines(saying: "peer is gone").map(\.metadata) == [["peer_ref": absent]])
                    _ = try run(5, rig, rig.neighbours[0])
                    let report = try run(6, rig, rig.neighbours[0])
                    #expect(report.messages.sent == 8)
                    #expect(report.messages.undelivered == 3)
                    #expect(report.messages.missed == 5)
                }
            }
        }

        @Test func aPeerThatGoesAwayIsDroppedAndTheRunGoesOn() async throws {
            let gossip = GossipParameters(style: .pull, fanout: 2)
            try await NodeRig.run(.init(role: .peer, gossip: gossip, neighbourCount: 2)) { rig in
                let (gone, staying) = (rig.neighbours[0], rig.neighbours[1])
                _ = try run(1, rig, staying)
                rig.tracker.update { $0.members = [staying.reference] }
                try gone.answer { NodeRig.answer(to: $0) }
                try rig.fence(gone)
                _ = try run(2, rig, staying)
                gone.socket.close()
                var cycle: Cycle = 3
                while rig.log.lines(saying: "peer is gone").isEmpty {
                    _ = try run(cycle, rig, staying)
                    cycle += 1
                    try #require(cycle < 10)
                }
                #expect(
                    rig.log.lines(saying: "peer is gone").map(\.metadata) == [["peer_ref": "\(gone.reference)"]])
                let sent = try run(cycle, rig, staying).messages.sent
                #expect(try run(cycle + 1, rig, staying).messages.sent == sent + 1)
            }
        }

        @Test func aPeerThatNeverAnswersIsDroppedAndItsPullsAreCounted() async throws {
            let gossip = GossipParameters(style: .pull, fanout: 1)
            try await NodeRig.run(.init(role: .peer, gossip: gossip, neighbourCount: 1)) { rig in
                for cycle: Cycle in 1...3 {
                    try rig.tick(cycle)
                    _ = try rig.neighbours[0].next()
                    rig.tracker.update { $0.members = [] }
                }
                try rig.tick(4)
                #expect(rig.log.lines(saying: "peer is gone").count == 1)
                for cycle: Cycle in 5...13 { try rig.tick(cycle) }
                let report = try rig.tick(14)
                #expect(report.messages.sent == 3)
                #expect(report.messages.unanswered == 3)
                #expect(try rig.neighbours[0].socket.receive(timeout: silence) == nil)
            }
        }

        @Test func aDroppedPeerThatTheTrackerNamesAgainIsAskedAgain() async throws {
            var settings = NodeRig.Settings(role: .peer, neighbourCount: 1)
            settings.refreshInterval = .milliseconds(20)
            try await NodeRig.run(settings) { rig in
                for cycle: Cycle in 1...3 {
                    try rig.tick(cycle)
                    _ = try rig.neighbours[0].next()
                }
                try rig.tick(4)
                #expect(rig.log.lines(saying: "peer is gone").count == 1)
                let asked = rig.tracker.current.questions
                #expect(rig.tracker.wait { $0.questions >= asked + 2 })
                _ = try run(5, rig, rig.neighbours[0])
                #expect(try rig.tick(6).messages.missed == 1)
            }
        }

        @Test func nothingOfPastCyclesReachesAPeerThatComesLater() async throws {
            try await Runtime.with { runtime in
                let absent = try await runtime.stage { try $0.vacantEndpoint() }
                try await NodeRig.run(.init(role: .peer, strangers: [absent])) { rig in
                    try rig.tick(1)
                    try rig.tick(2)
                    let router = try rig.stage.socket(.router)
                    #expect(
                        try repeatedly(router) {
                            do { try router.bind(absent) } catch { return false }
                            return true
                        })
                    let first = try #require(try router.next())
                    #expect(first.dropFirst().dropLast() == ArraySlice(rig.pull(2, 0).dropLast()))
                    #expect(try router.receive(timeout: silence) == nil)
                    let report = try rig.tick(3)
                    #expect(report.messages.sent == 2)
                    #expect(report.messages.undelivered == 1)
                    #expect(try router.next()?.dropFirst().dropLast() == ArraySlice(rig.pull(3, 0).dropLast()))
                }
            }
        }
    }
}
