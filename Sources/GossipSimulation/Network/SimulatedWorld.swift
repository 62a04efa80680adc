import GossipCore
import GossipWire

/// Time, the network and what is going to happen: all that the nodes of an event-driven swarm share.
final class SimulatedWorld {
    /// What may happen in one moment; more is messages that answer each other for ever.
    private static let momentLimit = 1_000_000
    /// What a link takes to notice that the other end is gone without a word, at least; a little more is drawn.
    private static let heartbeatTimeout = TimeSpan.seconds(5)
    private static let heartbeatInterval = TimeSpan.seconds(2)
    /// The longest pause between two attempts to connect.
    private static let reconnectPause = TimeSpan.seconds(1)

    let settings: SwarmSettings
    /// Who knows whom from the start, where the view is a graph.
    let graph: PeerGraph?
    var network: SimulatedNetwork
    var verificationDelay: TimeSpan
    var log: SwarmLog?
    /// Told of each cycle that a node reports: what it held, in chunks, and what it had counted.
    var onProgress: (NodeLife, Cycle, UInt32, MessageCounts) -> Void = { _, _, _, _ in }
    /// Tests break the nodes with it.
    var sabotage: Sabotage?
    private(set) var now = TimePoint(nanoseconds: 0)
    /// The first broken invariant; nothing else matters after it.
    private(set) var violation: Violation?
    private(set) var eventCount: UInt64 = 0
    /// How often a node became complete.
    var completionCount: UInt64 = 0
    private(set) var trace = TraceHash()
    private var queue = EventQueue<SimulatedEvent>()
    private var lives: [UInt32]
    private var isAlive: [Bool]
    private var nextLink: UInt64 = 0
    private var eventsOfMoment = 0
    private let codec: PacketCodec?

    init(_ settings: SwarmSettings) {
        self.settings = settings
        graph =
            if case .graph(let model) = settings.view {
                model.graph(nodeCount: settings.nodes.count, seed: settings.seed)
            } else {
                nil
            }
        network = SimulatedNetwork(
            nodes: settings.nodes.count, conditions: settings.conditions, pace: settings.pace,
            generator: RandomGenerator(seed: settings.seed, stream: 1 << 40))
        verificationDelay = settings.verificationDelay
        lives = Array(repeating: 0, count: settings.nodes.count)
        isAlive = Array(repeating: false, count: settings.nodes.count)
        let isCoded = settings.gossip.chunkSelection == .coded
        codec = settings.encodesMessages ? PacketCodec(chunkCount: settings.chunkCount, isCoded: isCoded) : nil
    }

    var nextTime: TimePoint? { queue.nextTime }

    func schedule(_ event: SimulatedEvent, at time: TimePoint) {
        queue.schedule(event, at: max(time, now))
    }

    func schedule(_ event: SimulatedEvent, after span: TimeSpan) {
        queue.schedule(event, at: now + span)
    }

    /// Goes on to the next event.
    func advance() -> SimulatedEvent? {
        guard let next = queue.removeNext() else { return nil }
        eventsOfMoment = next.time == now ? eventsOfMoment + 1 : 0
        if eventsOfMoment == Self.momentLimit {
            fail(.bounds, nil, "\(eventsOfMoment) things happen at once: messages answer each other without end")
        }
        now = next.time
        eventCount += 1
        return next.event
    }

    /// Moves the time to a moment before which nothing happens.
    func advance(to time: TimePoint) {
        now = max(now, time)
    }

    func fail(_ invariant: Invariant, _ node: NodeLife?, _ text: String) {
        guard violation == nil else { return }
        violation = Violation(invariant: invariant, node: node?.description, at: now, text: text)
        note(node) { "VIOLATION of \(invariant.rawValue): \(text)" }
    }

    /// Adds a line to the log, where there is one.
    func note(_ node: NodeLife?, _ text: () -> String) {
        log?.add(now, node, text)
    }

    // MARK: Lives

    func beginLife(of node: Int) -> NodeLife {
        isAlive[node] = true
        return NodeLife(node: node, number: lives[node])
    }

    func endLife(of node: Int) {
        isAlive[node] = false
        lives[node] += 1
    }

    func isAlive(_ life: NodeLife) -> Bool { isAlive[life.node] && lives[life.node] == life.number }

    func life(of node: Int) -> NodeLife? { isAlive[node] ? NodeLife(node: node, number: lives[node]) : nil }

    // MARK: Messages

    func newLink() -> UInt64 {
        nextLink += 1
        return nextLink
    }

    func isReachable(_ node: Int, from other: Int) -> Bool { isAlive[node] && network.isConnected(node, other) }

    /// How long a first connection takes.
    func connectionTime() -> TimeSpan { network.conditions.delay * 2 }

    /// How long a broken connection takes until it is made again, once it can be.
    func reconnectionTime() -> TimeSpan {
        network.drawSpan(upTo: Self.reconnectPause)
    }

    /// When a connection is given up whose other end went silent.
    func heartbeatTime() -> TimeSpan {
        Self.heartbeatTimeout + network.drawSpan(upTo: Self.heartbeatInterval)
    }

    /// - Returns: when the packet has left the sender's uplink.
    @discardableResult
    func send(_ packet: Packet) -> TimePoint {
        var packet = packet
        if let codec {
            do throws(WireError) {
                let read = try codec.passed(packet)
                if read != packet { fail(.encoding, packet.from, "\(packet.content) was read as \(read.content)") }
                packet = read
            } catch {
                fail(.encoding, packet.from, "\(packet.content) was not read: \(error)")
            }
        }
        trace.mix(packet)
        let arrivals = network.arrivals(
            from: packet.from.node, to: packet.to.node, bytes: packet.size(chunkSize: settings.chunkSize),
            isControl: packet.bytes == nil, at: now)
        if let first = arrivals.first {
            schedule(.packet(packet), at: first)
        } else {
            note(packet.from) { "lost on the way to \(packet.to): \(packet.content)" }
        }
        if let second = arrivals.second { schedule(.packet(packet), at: second) }
        return network.uplinkEnd(of: packet.from.node, at: now)
    }

    /// Takes a packet through the receiver's downlink.
    /// - Returns: nil where it is still on its way.
    func receive(_ packet: Packet) -> Packet? {
        guard !packet.isReceived else { return packet }
        var packet = packet
        packet.isReceived = true
        let size = packet.size(chunkSize: settings.chunkSize)
        let end = network.receptionEnd(
            at: packet.to.node, link: packet.link, bytes: size, isControl: packet.bytes == nil,
            sending: network.sendingTime(of: size, from: packet.from.node), now: now)
        if end == now { return packet }
        schedule(.packet(packet), at: end)
        return nil
    }
}
