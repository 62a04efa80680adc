import GossipCore
import Testing

@testable import GossipSimulation

/// Each invariant is broken on purpose, and its checker sees it.
@Suite struct SabotageTests {
    /// The first invariant that a sabotaged swarm breaks; nil where none of many seeds does.
    private func broken(
        _ sabotage: Sabotage, _ style: GossipStyle = .pushPull, selection: ChunkSelection = .random,
        wrongBytes: Bool = false, _ change: (inout SwarmSettings) -> Void = { _ in }
    ) -> Invariant? {
        for seed in 0..<20 {
            var settings = SwarmSettings(classic(style, selection: selection), seed: UInt64(seed))
            if wrongBytes { settings.nodes[1].behaviour = .sendsWrongBytes }
            change(&settings)
            let swarm = SimulatedSwarm(settings)
            swarm.world.sabotage = sabotage
            swarm.start()
            swarm.run(until: TimePoint(nanoseconds: 40_000_000_000))
            if let violation = swarm.world.violation { return violation.invariant }
        }
        return nil
    }

    private func outcome(_ body: @escaping (inout HandledEvent, SimulatedNode) -> Void) -> Sabotage {
        Sabotage(outcome: body)
    }

    @Test func nothingIsSeenWhereNothingIsBroken() {
        #expect(broken(Sabotage()) == nil)
        #expect(broken(Sabotage(), wrongBytes: true) { $0.conditions.jitter = .milliseconds(900) } == nil)
    }

    @Test func servingWhatCameInTheSameCycle() {
        let sabotage = outcome { handled, node in
            guard case .requestReceived(.pull(let cycle, let chunk), let token) = handled.event,
                cycle == handled.cycle, node.machine.heldAndFresh.contains(chunk)
            else { return }
            handled.actions = [.reply(.chunk(cycle: cycle, chunk: chunk), to: token), .release(token)]
        }
        #expect(broken(sabotage) == .separation)
    }

    @Test func advertisingWhatCameInTheSameCycle() {
        let sabotage = outcome { handled, node in
            guard case .requestReceived(.have(let cycle, _), let token) = handled.event, cycle == handled.cycle
            else { return }
            handled.actions = [
                .reply(.have(cycle: cycle, digest: node.machine.heldAndFresh), to: token), .release(token),
            ]
        }
        #expect(broken(sabotage, selection: .rarestFirst) { $0.conditions.jitter = .milliseconds(50) } == .separation)
    }

    @Test func advertisingWhatIsNotThere() {
        let sabotage = outcome { handled, node in
            guard case .requestReceived(.have(let cycle, _), let token) = handled.event, cycle == handled.cycle
            else { return }
            handled.actions = [.reply(.have(cycle: cycle, digest: .full(chunkCount: 9)), to: token), .release(token)]
        }
        #expect(broken(sabotage, selection: .rarestFirst) == .verifiedChunks)
    }

    @Test func takingAPushOfAnEarlierCycle() {
        let sabotage = Sabotage(event: { event, node in
            guard case .requestReceived(.push(let cycle, let chunk), let token) = event, cycle < node.machine.cycle
            else { return event }
            return .requestReceived(.push(cycle: node.machine.cycle, chunk: chunk), token)
        })
        #expect(broken(sabotage, .push) { $0.conditions.jitter = .milliseconds(1_500) } == .separation)
    }

    @Test func believingEveryHash() {
        let sabotage = Sabotage(event: { event, _ in
            if case .chunkVerified(let token, _) = event { .chunkVerified(token, isValid: true) } else { event }
        })
        #expect(broken(sabotage, wrongBytes: true) == .accounting, "a corrupt chunk is counted as useful")
    }

    @Test func storingWhatIsCountedAsCorrupt() {
        let sabotage = outcome { handled, node in
            guard case .chunkVerified(let token, false) = handled.event, let chunk = node.slots[token]?.chunk?.chunk,
                node.disk[chunk] == nil
            else { return }
            handled.actions.insert(.storeChunk(chunk, token), at: 0)
        }
        #expect(broken(sabotage, wrongBytes: true) == .verifiedChunks)
    }

    @Test func servingBytesThatChangedOnTheDisk() {
        let sabotage = outcome { handled, node in
            if case .cycleStarted(3) = handled.event, node.life.node == 0 { node.disk[4] = ChunkBytes(word: 0) }
        }
        #expect(broken(sabotage) == .verifiedChunks)
    }

    @Test(arguments: MessageCounts.fields.map(\.name))
    func countingOnceTooOften(name: String) throws {
        let counter = try #require(MessageCounts.fields.first { $0.name == name }).path
        let sabotage = outcome { handled, node in
            if case .cycleStarted = handled.event, handled.cycle >= 4 { handled.counts[keyPath: counter] += 1 }
        }
        #expect(broken(sabotage) == .accounting)
    }

    @Test func countingAChunkTwice() {
        let sabotage = outcome { handled, _ in
            if case .chunkVerified = handled.event { handled.counts.redundant += 1 }
        }
        #expect(broken(sabotage) == .accounting)
    }

    @Test func droppingARelease() {
        let sabotage = outcome { handled, _ in
            if case .requestReceived(.pull, _) = handled.event {
                handled.actions.removeAll { if case .release = $0 { true } else { false } }
            }
        }
        #expect(broken(sabotage) == .tokens)
    }

    @Test func releasingTwice() {
        let sabotage = outcome { handled, _ in
            if case .chunkVerified(let token, _) = handled.event { handled.actions.append(.release(token)) }
        }
        #expect(broken(sabotage) == .tokens)
    }

    @Test func holdingMoreThanTheQueueMay() {
        let sabotage = outcome { handled, node in
            guard case .requestReceived(let request, let token) = handled.event, request.cycle == handled.cycle + 1
            else { return }
            handled.actions.removeAll { $0 == .release(token) }
        }
        let invariant = broken(sabotage) { settings in
            settings.conditions.jitter = .milliseconds(400)
            settings.holdQueueLimit = 1
        }
        #expect(invariant == .bounds)
    }

    @Test func goingAheadOfTheClock() {
        let sabotage = Sabotage(event: { event, node in
            if case .cycleStarted(5) = event, node.life.node == 2 { .cycleStarted(6) } else { event }
        })
        #expect(broken(sabotage) == .cycles)
    }

    @Test func beginningACycleWithoutATick() {
        let sabotage = outcome { handled, node in
            if case .peersReceived = handled.event, handled.cycle == 3 { handled.cycle = 4 }
        }
        #expect(broken(sabotage) == .cycles)
    }

    @Test func sayingTooEarlyThatEverythingIsHere() {
        let sabotage = outcome { handled, node in
            if case .cycleStarted(3) = handled.event { handled.actions.append(.reportCompletion(3)) }
        }
        #expect(broken(sabotage) == .completion)
    }

    @Test func aSwarmThatNeverCompletes() throws {
        var plan = FaultPlan(seed: 1)
        plan.swarm.chunkCount = 3
        // From the start, for it may complete before the faults end.
        plan.swarm.conditions.lossPermille = 1_000
        plan.calm.lossPermille = 1_000
        let outcome = FaultRun(plan, logStart: TimePoint(nanoseconds: 0)).run()
        #expect(outcome.violation?.invariant == .liveness)
        let report = try #require(outcome.report)
        #expect(report.contains("replay it: gotorrent torture --from-seed 1 --count 1"))
        #expect(report.contains("the faults end") && report.contains("holds 0 of 3"))
    }

    @Test func aTrackerThatNamesWhoIsGone() {
        let start = TimePoint(nanoseconds: 0)
        var checker = TrackerChecker(TrackerConfiguration(cycleInterval: .seconds(1)))
        for node in 0..<4 { checker.announced(node, at: start + .seconds(UInt64(node))) }
        let now = start + .seconds(12)
        #expect(checker.fault(inSample: [1, 2, 3], at: now) == nil)
        #expect(checker.fault(inSample: [0, 2, 3], at: now) == "n0 is named and is no member")
        #expect(checker.fault(inSample: [1, 1, 2], at: now) == "a member is named twice: [1, 1, 2]")
        #expect(checker.fault(inSample: [1, 2], at: now) == "2 members are named of 3")
        #expect(checker.fault(inCount: 4, at: now) == "there are 4 members instead of 3")
        checker.left(3)
        #expect(checker.fault(inSample: [1, 2], at: now) == nil)
    }
}
