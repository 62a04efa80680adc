import GossipCore

/// A tracker and its clock in simulated time, as `TrackerShell` drives them over sockets.
final class SimulatedTracker {
    private static let torrent: UInt8 = 0
    private static let sweepPause = TimeSpan.seconds(1)

    /// Whether requests are answered and the clock ticks.
    private(set) var isUp = false
    /// Whether ticks reach the nodes, and progress the clock.
    var isBusUp = true
    /// Ticks in a thousand that a node does not hear, for each node.
    var tickLossPermille: [Int]
    /// The members that a clock waits for when the tracker starts; 0 for none.
    var expectedMembers: Int
    private(set) var tickCount: UInt64 = 0
    private unowned let world: SimulatedWorld
    private var members: TrackerStateMachine<UInt8, Int>
    private var clock: ClockStateMachine
    private var chooser: CycleLengthChooser<Int>?
    private var checker: TrackerChecker
    private var clockNumber: UInt64 = 0
    private var sweepNumber: UInt64 = 0
    private var lives: UInt64 = 0

    init(in world: SimulatedWorld) {
        self.world = world
        expectedMembers = world.settings.expectedMembers
        tickLossPermille = Array(repeating: 0, count: world.settings.nodes.count)
        let configuration = Self.configuration(world.settings)
        members = TrackerStateMachine(configuration: configuration, generator: RandomGenerator(seed: 0))
        clock = ClockStateMachine(interval: world.settings.interval, waitsForMembers: true, now: world.now)
        checker = TrackerChecker(configuration)
    }

    private static func configuration(_ settings: SwarmSettings) -> TrackerConfiguration {
        var configuration = TrackerConfiguration(cycleInterval: settings.interval)
        switch settings.view {
        case .full, .graph: break
        case .tracker(let sampleSize), .cyclon(let sampleSize): configuration.sampleSize = sampleSize
        }
        return configuration
    }

    var memberCount: Int { members.memberCount(of: Self.torrent) }

    /// Δ of the cycle that the last tick began.
    var interval: TimeSpan { clock.interval }

    /// When the next tick is due; nil while members are waited for.
    var nextTick: TimePoint? { clock.deadline }

    /// Starts with nothing known.
    func start() {
        guard !isUp else { return }
        isUp = true
        lives += 1
        let settings = world.settings
        let configuration = Self.configuration(settings)
        members = TrackerStateMachine(
            configuration: configuration, generator: RandomGenerator(seed: settings.seed, stream: lives << 41))
        clock = ClockStateMachine(
            interval: settings.interval, waitsForMembers: expectedMembers > 0, now: world.now)
        chooser = settings.choosesInterval ? CycleLengthChooser(start: settings.interval, now: world.now) : nil
        checker = TrackerChecker(configuration)
        world.note(nil) { "the tracker is up" }
        scheduleTick()
        scheduleSweep()
    }

    func stop() {
        isUp = false
        clockNumber += 1
        sweepNumber += 1
        world.note(nil) { "the tracker is down" }
    }

    func asked(by life: NodeLife, _ question: TrackerQuestion, number: UInt64) {
        guard isUp else { return }
        let answer = answer(question, of: life.node)
        if let arrival = world.network.controlArrival(of: life.node, at: world.now) {
            world.schedule(.trackerAnswered(life, answer, number: number), at: arrival)
        }
    }

    private func answer(_ question: TrackerQuestion, of node: Int) -> TrackerAnswer {
        switch question {
        case .announce:
            checker.announced(node, at: world.now)
            if members.announce(node, to: Self.torrent, at: world.now) == .joined { noteJoined() }
            return .announced(interval: members.configuration.announceInterval)
        case .getPeers:
            let sample = members.sample(of: Self.torrent, at: world.now)
            if let text = checker.fault(inSample: sample, at: world.now) { world.fail(.tracker, nil, text) }
            return .peers(sample)
        case .leave:
            checker.left(node)
            members.leave(node, from: Self.torrent)
            return .left
        }
    }

    private func noteJoined() {
        guard expectedMembers > 0, members.memberCount(of: Self.torrent) >= expectedMembers else { return }
        clock.membersArrived(at: world.now)
        scheduleTick()
    }

    func hear(_ cycle: Cycle, of node: Int, bytesSent: UInt64) {
        guard isUp, isBusUp else { return }
        let chunkSize = world.settings.exchange == nil ? nil : UInt32(clamping: world.settings.chunkSize)
        chooser?.reportHeard(from: node, chunkSize: chunkSize, bytesSent: bytesSent, at: world.now)
        clock.cycleHeard(cycle, at: world.now)
        scheduleTick()
    }

    func clockDue(number: UInt64) {
        guard isUp, number == clockNumber else { return }
        if let cycle = clock.fireTick(at: world.now) {
            if let interval = chooser?.cycleBegan(at: world.now) {
                clock.changeInterval(to: interval)
                members.followCycle(interval)
                checker.followCycle(interval)
            }
            publish(cycle)
        }
        scheduleTick()
    }

    func sweepDue(number: UInt64) {
        guard isUp, number == sweepNumber else { return }
        members.removeSilent(at: world.now)
        if let text = checker.fault(inCount: members.memberCount(of: Self.torrent), at: world.now) {
            world.fail(.tracker, nil, text)
        }
        scheduleSweep()
    }

    private func publish(_ cycle: Cycle) {
        world.note(nil) { "tick \(cycle)\(isBusUp ? "" : ", heard by no one")" }
        guard isBusUp else { return }
        tickCount += 1
        for node in world.settings.nodes.indices {
            guard let life = world.life(of: node), !world.network.draw(tickLossPermille[node]),
                let arrival = world.network.controlArrival(of: node, at: world.now)
            else { continue }
            world.schedule(
                .tick(life, cycle, interval: clock.interval), at: arrival + world.network.paces[node].processing)
        }
    }

    private func scheduleTick() {
        clockNumber += 1
        if let deadline = clock.deadline { world.schedule(.clock(number: clockNumber), at: deadline) }
    }

    private func scheduleSweep() {
        sweepNumber += 1
        world.schedule(.sweep(number: sweepNumber), after: Self.sweepPause)
    }
}
