import GossipCore
import GossipTrace
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// Drives one `PeerStateMachine` with sockets, timers and a file; it decides nothing.
///
/// Everything here happens on the thread of one event loop. `PeerNode` is its face to the rest of the program.
final class PeerShell {
    typealias Outcome = Result<PeerNode.Ending, NodeError>

    /// What messages of the next cycle may hold in memory.
    private static let holdQueueBytes = 32 << 20
    /// What may wait in memory from one neighbour whose messages we do not read yet.
    private static let linkQueueBytes = 8 << 20
    /// Requests that may wait in a link in bulk, however large chunks are. libzmq 4.3.4 aborts the process where a link was lost
    /// while this many waited, with a heartbeat behind them (`!_io_error` in stream_engine_base.cpp, its issue 4364): a
    /// node that was frozen for seconds finds as many as its neighbours sent until they gave it up.
    private static let leastInbound = 512
    /// Links that others may have to this node at once.
    private static let linkLimit = 1_024
    /// What the system may hold of a link beyond what is on the line.
    private static let unsentBytes: Int32 = 128 << 10
    /// Messages read from one socket before others have their turn.
    static let messagesPerTurn = 64

    let configuration: PeerNodeConfiguration
    let loop: EventLoop
    let log: Logger
    let store: ChunkStore
    let wanted: WantedChunks
    let codec: PeerCodec
    let router: Socket
    let tracker: TrackerClient
    /// Where others reach this node.
    let reference: PeerReference

    var machine: PeerStateMachine
    var follower = CycleFollower()
    var slots = MessageSlots()
    var directory: PeerDirectory
    var links: [PeerID: PeerLink] = [:]
    var inbox = MultipartMessage()
    var timers = PeerTimers()
    /// Δ by the last tick.
    var interval: TimeSpan
    /// Δ as the core was told it; nil before.
    var toldInterval: TimeSpan?
    var bytesSent: UInt64 = 0
    /// Pushes, pull requests and wishes of this cycle, as `sent` counts them.
    var sentTo: [PeerID: UInt32] = [:]
    var bytesReceived: UInt64 = 0
    /// When the tracker first knew this node; nil before.
    var announcedAt: MonotonicTime?
    var trackerIsSilent = false
    /// Chunks that others asked for and their links have not taken.
    var answers: AnswerBook
    var isWatchingLinks = false
    /// Bytes of answers to `pull` that the upload limit has not paid for.
    var unpaidAnswers = 0
    /// Who downloads from this node in bulk.
    var receivers = ReceiverDirectory()
    let workers: WorkerPool
    /// What other threads have to tell.
    let mail: Mailbox<Letter>
    /// Whether a download that is whole is still being brought to the disk.
    var isSettling = false
    var settlingWaiters: [() -> Void] = []
    /// There at a node that collects coded packets.
    var codedPackets: CodedPackets?
    var samples = SampleWatch()
    /// How soon the tracker is asked again while no chunk has come; doubled each time.
    var earlyRefresh = TimeSpan.milliseconds(250)
    /// Whether an answer to `get_peers` is waited for.
    var isAskingForPeers = false
    /// Intervals that passed before the first cycle.
    var joinAttempts: UInt64 = 0
    /// Who sent wrong bytes and was named in the log.
    var namedSenders: Set<String> = []
    var stallWatch = StallWatch()
    var waits = ChunkWaits()
    /// There where metrics are asked for.
    var measures: NodeMeasures?
    var metricsNumber: Int?
    private(set) var bus: BusLink?
    /// Bounds others' links to this node.
    private(set) var linkGuard: LinkGuard?
    private let trace: TraceFile?

    private let context: Context
    private let finish: (Outcome) -> Void
    /// Whether the node cannot go on. What the core says then is not done: it counts on what failed.
    private(set) var hasFailed = false
    /// Whether the goodbye is said, after which no announcement may follow it.
    private(set) var isLeaving = false
    private(set) var isClosed = false

    var exchangesInBulk: Bool { configuration.gossip.exchange == .bulk }

    /// Opens the sockets. Call on the loop's thread, then `start`.
    /// - Parameter finish: called on the loop's thread when the node's work is over or cannot go on; possibly twice.
    init(
        _ configuration: PeerNodeConfiguration, store: ChunkStore, workers: WorkerPool, context: Context,
        loop: EventLoop, log: Logger,
        finish: @escaping (Outcome) -> Void
    ) throws(NodeError) {
        self.configuration = configuration
        self.store = store
        self.workers = workers
        mail = try Mailbox()
        self.context = context
        self.loop = loop
        self.log = log
        self.finish = finish
        interval = configuration.expectedInterval
        let layout = configuration.metafile.layout
        answers = AnswerBook(layout, nodeCount: configuration.nodeCount)
        guard let torrent = TorrentID(configuration.metafile.infoHash.bytes) else {
            preconditionFailure("an info hash has 32 bytes")
        }
        let isCoded = configuration.gossip.chunkSelection == .coded
        codec = PeerCodec(
            torrent: torrent, chunkCount: layout.chunkCount, isCoded: isCoded,
            asksForProofs: configuration.metafile.lacksHashes)
        wanted = WantedChunks(configuration.wantedFiles, of: layout)
        var rules = PeerConfiguration(gossip: configuration.gossip, chunkCount: layout.chunkCount)
        rules.unwanted = wanted.unwanted(besides: store.heldAtStart)
        rules.holdQueueLimit = min(rules.holdQueueLimit, max(16, Self.holdQueueBytes / Int(layout.chunkSize)))
        if configuration.gossip.exchange == .bulk {
            let exchange = ExchangeParameters(
                layout, interval: interval, uploadLimit: configuration.uploadLimit?.rateBytesPerSecond,
                downloadLimit: configuration.downloadLimit?.rateBytesPerSecond, nodeCount: configuration.nodeCount)
            rules.exchange = exchange
            rules.missedCyclesLimit =
                exchange.silenceCycles(interval).map { Int(clamping: $0) } ?? rules.missedCyclesLimit
        }
        machine = PeerStateMachine(
            configuration: rules, held: store.heldAtStart, generator: RandomGenerator(seed: configuration.randomSeed),
            own: PeerDirectory.own)
        let header = TraceHeader(
            node: configuration.name, configuration: rules, held: store.heldAtStart,
            randomSeed: configuration.randomSeed, own: PeerDirectory.own)
        trace = try configuration.tracePath.map { path throws(NodeError) in try TraceFile(path, header) }
        let trackerURI = configuration.metafile.tracker
        do throws(ZeroMQError) {
            router = try Socket(.router, in: context, maximumFrameSize: Self.frameLimit(configuration))
            // The marks count messages for each link: with large chunks the default of 1,000 would be a gigabyte.
            try router.set(.sendHighWaterMark, to: Self.answerLimit(layout))
            try router.set(.receiveHighWaterMark, to: Self.inboundLimit(configuration))
            try router.secure(configuration.security, as: .peer)
            let bound = try router.bind(configuration.bindEndpoint)
            let host = configuration.advertisedHost ?? LocalAddress.facing(trackerURI.host)
            let key = configuration.security.map { "#\($0.keys.publicKey.hex)" } ?? ""
            guard let reference = PeerReference("tcp://\(host):\(bound.split(separator: ":").last ?? "")\(key)") else {
                throw ZeroMQError(
                    code: .invalidArgument, operation: "advertise tcp://\(host) with the port of \(bound)")
            }
            self.reference = reference
            try configuration.localNetwork?.open(router, at: reference.endpoint)
            directory = PeerDirectory(own: reference)
            tracker = try TrackerClient(
                in: context, on: loop, endpoint: configuration.endpoint(of: trackerURI.description),
                timeout: .seconds(2),
                security: configuration.security)
        } catch {
            throw NodeError(.network, "\(error)")
        }
    }

    /// Chunks are the largest frames that honest peers send. CURVE puts 33 bytes more around each (RFC 26), which libzmq
    /// counts too.
    private static func frameLimit(_ configuration: PeerNodeConfiguration) -> Int {
        let layout = configuration.metafile.layout
        let content = max(Int(layout.chunkSize), ChunkSet.bitfieldSize(chunkCount: layout.chunkCount) + 64, 4 << 10)
        return content + (configuration.security == nil ? 0 : 64)
    }

    /// Messages that wait for us in one link, or for a neighbour in ours.
    private static func queueLimit(_ layout: ChunkLayout) -> Int {
        min(1_000, max(4, linkQueueBytes / Int(layout.chunkSize)))
    }

    /// Requests that wait for us in one link. In bulk none of an honest node has a chunk in it.
    private static func inboundLimit(_ configuration: PeerNodeConfiguration) -> Int {
        let limit = queueLimit(configuration.metafile.layout)
        return configuration.gossip.exchange == .bulk ? max(leastInbound, limit) : limit
    }

    /// Answers that wait in one link. Of their chunks the book keeps account; the others are small, or a bitfield.
    private static func answerLimit(_ layout: ChunkLayout) -> Int {
        let bitfield = ChunkSet.bitfieldSize(chunkCount: layout.chunkCount)
        return min(1_000, max(64, min(8 * linkQueueBytes / Int(layout.chunkSize), linkQueueBytes / max(1, bitfield))))
    }

    func start() throws(NodeError) {
        try startCoding()
        startMail()
        do throws(ZeroMQError) {
            bus = try BusLink(
                in: context, on: loop,
                subscribeEndpoint: configuration.endpoint(of: configuration.busSubscribeEndpoint),
                publishEndpoint: configuration.endpoint(of: configuration.busPublishEndpoint),
                security: configuration.security
            ) { [unowned self] in hearTick($0) }
        } catch {
            throw NodeError(.network, "\(error)")
        }
        try startLinkGuard()
        startMetrics()
        loop.add(router, events: .readable) { [unowned self] _ in receiveRequests() }
        log.info(
            "listening",
            metadata: [
                "node": "\(configuration.name)", "peer_ref": "\(reference)", "torrent": "\(codec.torrent)",
                "chunks": "\(machine.held.count)/\(machine.held.chunkCount)",
            ])
        announce()
        join()
        noteStatus()
        // The store gave it its name when it was opened.
        if machine.hasAllWanted, configuration.role == .peer { noteFinished(.success(false)) }
    }

    /// Chunks that the system holds for a slow line are on their way, and nobody else is asked for them: so it is to hold
    /// little, and a chunk counts as served when the line has nearly carried it. What it holds is in no bound of ours
    /// either.
    private func startLinkGuard() throws(NodeError) {
        do throws(ZeroMQError) {
            linkGuard = try LinkGuard(
                router, limit: DescriptorLimit.links(ofSockets: configuration.nodeCount, most: Self.linkLimit),
                on: loop,
                log: log
            ) { $0.limitUnsent(bytes: Self.unsentBytes) }
        } catch {
            throw NodeError(.network, "\(error)")
        }
    }

    /// Tells the core what happened, and does what it says.
    func handle(_ event: PeerEvent) {
        let actions = machine.handle(event)
        measures?.latencies.note(event, actions, at: .now)
        record { trace throws(NodeError) in try trace.record(event, actions) }
        for action in actions { perform(action) }
    }

    private func record(_ body: (TraceFile) throws(NodeError) -> Void) {
        guard let trace, !hasFailed else { return }
        do throws(NodeError) {
            try body(trace)
        } catch {
            end(.failure(error))
        }
    }

    /// Says goodbye to the tracker and calls `completion` when it has answered, or is not going to.
    func leave(_ completion: @escaping () -> Void) {
        isLeaving = true
        timers.cancelAll(on: loop)
        let deadline = loop.schedule(after: .milliseconds(250), completion)
        tracker.send(.leave(codec.torrent, reference)) { [loop] _ in
            if loop.cancel(deadline) { completion() }
        }
    }

    /// Closes everything, on the loop's thread; the shell is of no use afterwards.
    func close() {
        isClosed = true
        stopMetrics()
        timers.cancelAll(on: loop)
        for link in links.values { link.close() }
        links = [:]
        stopMail()
        linkGuard?.stop()
        configuration.localNetwork?.close(reference.endpoint)
        router.close()
        tracker.close()
        bus?.close(linger: .milliseconds(100))
        record { trace throws(NodeError) in try trace.flush() }
    }

    func end(_ outcome: Outcome) {
        if case .failure = outcome { hasFailed = true }
        finish(outcome)
    }

    /// The link to a peer, made when it is first needed; nil of one who is not let in, or no longer.
    func link(to peer: PeerID) -> PeerLink? {
        if let link = links[peer] { return admits(link) ? link : nil }
        guard let target = directory[peer], admits(target) else { return nil }
        do throws(ZeroMQError) {
            let link = try PeerLink(
                to: peer, in: machine.cycle, at: target, endpoint: configuration.endpoint(of: target.endpoint),
                identity: newIdentity(), security: configuration.security, in: context, on: loop,
                maximumFrameSize: Self.frameLimit(configuration),
                queueLimit: Self.queueLimit(configuration.metafile.layout),
                onReadable: { [unowned self] in receiveReplies($0) },
                onWritable: { [unowned self] in sendWaiting(on: $0) })
            links[peer] = link
            return link
        } catch {
            log.warning("no link", metadata: ["peer_ref": "\(target)", "error": "\(error)"])
            return nil
        }
    }

    /// What neighbours' logs call us. The number makes it one that nobody guesses, for a ROUTER hands an identity over
    /// to whoever comes with it last: to another link of ours too, to the same peer by another of its addresses.
    private func newIdentity() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let number = String(generator.next(), radix: 16)
        return reference.bytes.prefix(230) + Array("/\(number)".utf8)
    }
}
