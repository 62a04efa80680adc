import GossipCore

/// Drives one `PeerStateMachine` with simulated time and messages, as `PeerShell` does with sockets; it decides nothing.
///
/// It is one life of its node: a crash throws it away, and a restart makes another.
final class SimulatedNode {
    let life: NodeLife
    let settings: NodeSettings
    unowned let world: SimulatedWorld

    var machine: PeerStateMachine
    var follower = CycleFollower()
    /// Δ as the core was told it; nil before.
    var toldInterval: TimeSpan?
    var slots = PacketSlots()
    var directory: NodeDirectory
    var links: [PeerID: SimulatedLink] = [:]
    var receivers = ReceiverTable()
    /// Chunks sent in the bulk exchange.
    var chunksServed: UInt64 = 0
    var tracker = SimulatedTrackerClient()
    var disk: ChunkMemory
    var checker: NodeChecker
    /// The cycle in which the last chunk came; nil while some are missing.
    var completionCycle: Cycle?
    /// When the tracker first knew this life.
    var announcedAt: TimePoint?
    var trackerIsSilent = false
    var samples = SampleWatch()
    /// When `get_peers` was last asked.
    var refreshAskedAt = TimePoint(nanoseconds: 0)
    /// Whether an answer to `get_peers` is waited for.
    var isAskingForPeers = false
    /// Intervals without a cycle or a tracker.
    var joinAttempts: UInt64 = 0
    /// The cycle whose digests the timer waits for.
    var digestWaitCycle: Cycle = 0
    /// The cycle whose end another timer waits for.
    var endingCycle: Cycle = 0
    private var timerNumbers = [UInt64](repeating: 0, count: SimulatedTimer.allCases.count)

    init(_ life: NodeLife, _ settings: NodeSettings, disk: ChunkMemory, in world: SimulatedWorld) {
        self.life = life
        self.settings = settings
        self.world = world
        self.disk = disk
        let swarm = world.settings
        let held = disk.verified
        var peers = PeerSet()
        directory = NodeDirectory()
        if swarm.view == .full {
            peers = .everyone(count: UInt32(swarm.nodes.count), except: PeerID(UInt32(life.node)))
            directory = NodeDirectory(everyoneBelow: swarm.nodes.count)
        }
        let own = directory.identifier(of: life.node)
        if let graph = world.graph {
            var known = directory
            peers = PeerSet(graph.neighbours(of: life.node).map { known.identifier(of: Int($0.rawValue)) })
            directory = known
        }
        machine = PeerStateMachine(
            configuration: swarm.peerConfiguration, held: held, peers: peers,
            generator: RandomGenerator(seed: swarm.seed, stream: UInt64(life.number) << 20 + UInt64(life.node) + 1),
            own: own)
        checker = NodeChecker(life, machine.configuration, held: held)
        checker.cycles.interval = swarm.interval
        if machine.isComplete { completionCycle = 0 }
    }

    var isHonest: Bool { settings.behaviour == .honest }

    func start() {
        world.note(life) { "started with \(machine.held.count) of \(machine.held.chunkCount) chunks" }
        announce()
        join()
    }

    /// Tells the core what happened, checks what it says, and does it.
    func handle(_ event: PeerEvent) {
        let told = world.sabotage?.event(event, self) ?? event
        var handled = HandledEvent(
            event: event, actions: machine.handle(told), counts: machine.counts, cycle: machine.cycle)
        world.sabotage?.outcome(&handled, self)
        world.note(life) { "c\(handled.cycle) \(handled.description)" }
        // The checkers know the rules of whole chunks.
        if world.settings.checksInvariants, machine.configuration.gossip.chunkSelection != .coded {
            checker.check(handled, slots, peers: machine.peers, view: machine.view) { world.fail($0, life, $1) }
        }
        for action in handled.actions { perform(action) }
    }

    func take(_ packet: Packet) {
        switch packet.content {
        case .request(.shuffle(let cycle, let entries)):
            let request = PeerRequest.shuffle(cycle: cycle, entries: fromNetwork(entries))
            handle(.requestReceived(request, slots.keep(packet)))
        case .request(let request):
            handle(.requestReceived(request, slots.keep(packet)))
        case .exchangeRequest(let request): take(request, in: packet)
        case .reply(let reply):
            guard let peer = sender(ofReply: packet) else { return }
            var reply = reply
            if case .shuffle(let cycle, let entries) = reply {
                reply = .shuffle(cycle: cycle, entries: fromNetwork(entries))
            }
            handle(.replyReceived(reply, from: peer, slots.keep(packet)))
        case .exchangeReply(let reply):
            guard let peer = sender(ofReply: packet) else { return }
            handle(.exchangeAnswered(reply, from: peer, slots.keep(packet)))
        }
        if let reading = packet.reading { hear(reading) }
    }

    /// Whom a reply comes from; nil where it came on a link that was closed, or broke, and is lost with it.
    private func sender(ofReply packet: Packet) -> PeerID? {
        guard let peer = directory.knownIdentifier(of: packet.from.node), let link = links[peer],
            link.number == packet.link, link.isUp
        else { return nil }
        return peer
    }

    // MARK: Timers

    func set(_ timer: SimulatedTimer, at time: TimePoint) {
        timerNumbers[timer.rawValue] += 1
        world.schedule(.timer(life, timer, number: timerNumbers[timer.rawValue]), at: time)
    }

    func set(_ timer: SimulatedTimer, after span: TimeSpan) {
        set(timer, at: world.now + span)
    }

    func cancel(_ timer: SimulatedTimer) {
        timerNumbers[timer.rawValue] += 1
    }

    func timerEnded(_ timer: SimulatedTimer, number: UInt64) {
        guard timerNumbers[timer.rawValue] == number else { return }
        switch timer {
        case .announce: announce()
        case .refresh: refreshDue()
        case .holdover: holdoverDeadlinePassed()
        case .join: join()
        case .digestWait: handle(.digestWaitEnded(digestWaitCycle))
        case .cycleEnding: handle(.cycleEnding(endingCycle))
        case .trackerTimeout: finishTrackerQuestion(nil)
        }
    }
}
