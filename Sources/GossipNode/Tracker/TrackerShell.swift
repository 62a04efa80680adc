import GossipCore
import GossipWire
import Logging
import ZeroMQ

/// Drives a `TrackerStateMachine` and a `ClockStateMachine` with sockets and timers, and passes the bus on.
///
/// Everything here happens on the thread of one event loop. `TrackerNode` is its face to the rest of the program.
final class TrackerShell {
    /// Requests answered before the bus and the clock have their turn, and libzmq hears which answers have gone.
    private static let requestsPerTurn = 64
    /// Reports of nodes that are read in a cycle to choose Δ by; the lines of so many tell enough.
    private static let reportsPerCycle = 32
    /// How often members that fell silent are looked for, where nobody asks for their torrent.
    private static let sweepPause = Duration.seconds(1)
    /// The largest honest frame is a peer_ref; a stranger may also be told that he is wrong.
    private static let frameLimit = 4 << 10
    /// Requests that wait in one link: most who ask wait for the answer before they ask again.
    private static let requestLimit = 128
    /// Answers that wait in one link; a REP drops what is beyond. libzmq is told of answers that have gone when half of so
    /// many have, and listens once a turn: this is what answers to all requests that may wait need at least.
    private static let answerLimit = 2 * (requestLimit + requestsPerTurn + 64)
    /// Links at once, of those who ask, of publishers and of subscribers each.
    private static let linkLimit = 16_384

    let endpoints: TrackerEndpoints
    let configuration: TrackerNodeConfiguration
    private let loop: EventLoop
    private let log: Logger
    private let socket: Socket
    let bus: BusBroker
    private(set) var members: TrackerStateMachine<TorrentID, PeerReference>
    private(set) var clock: ClockStateMachine
    /// There where Δ is not fixed.
    private var chooser: CycleLengthChooser<String>?
    /// Reports that it may still look at in this cycle: reading one takes time.
    private var reportsLeft = 0
    private var clockTimer: TimerToken?
    private var sweepTimer: TimerToken?
    private var inbox = MultipartMessage()
    private(set) var counts = TrackerCounts()
    var metricsNumber: Int?
    private(set) var linkGuard: LinkGuard?
    /// Origins that were told that they announce too much, and are named in the log.
    private var namedOrigins: Set<MemberOrigin> = []
    var metafiles: MetafileShelf

    /// Binds the sockets. Call on the loop's thread, then `start`.
    init(_ configuration: TrackerNodeConfiguration, context: Context, loop: EventLoop, log: Logger) throws(NodeError) {
        self.configuration = configuration
        self.loop = loop
        self.log = log
        metafiles = configuration.metafiles
        members = TrackerStateMachine(
            configuration: configuration.membership, generator: RandomGenerator(seed: configuration.randomSeed))
        clock = ClockStateMachine(
            interval: configuration.membership.cycleInterval, waitsForMembers: configuration.expectedMembers > 0,
            now: .now)
        if configuration.choosesInterval {
            chooser = CycleLengthChooser(start: configuration.membership.cycleInterval, now: .now)
        }
        do throws(ZeroMQError) {
            socket = try Socket(.reply, in: context, maximumFrameSize: Self.frameLimit)
            try socket.set(.backlog, to: 1_024)
            try socket.set(.sendHighWaterMark, to: Self.answerLimit)
            try socket.set(.receiveHighWaterMark, to: Self.requestLimit)
            try socket.set(.tcpUntakenMaximum, to: BusLimit.subscriberPatience)
            try socket.secure(configuration.security, as: .tracker)
            let requests = try socket.bind(configuration.bindEndpoint)
            bus = try BusBroker(
                in: context, on: loop,
                subscribeEndpoint: configuration.busSubscribeEndpoint
                    ?? BusBroker.endpoint(above: configuration.bindEndpoint, by: 1),
                publishEndpoint: configuration.busPublishEndpoint
                    ?? BusBroker.endpoint(above: configuration.bindEndpoint, by: 2),
                linkLimit: Self.linkCountLimit, subscriberBacklog: configuration.subscriberBacklog,
                security: configuration.security, local: configuration.localNetwork,
                log: log)
            endpoints = TrackerEndpoints(
                requests: requests, busSubscribe: bus.subscribeEndpoint, busPublish: bus.publishEndpoint)
            if let (network, host) = configuration.localNetwork {
                try network.open(socket, at: TrackerEndpoints.endpoint(requests, at: host))
            }
        } catch {
            throw NodeError(.network, "\(error)")
        }
    }

    /// From here on the ports answer, and the clock may start.
    /// - Parameter onSubscription: called with each subscription to the bus.
    func start(onSubscription: @escaping () -> Void) throws(NodeError) {
        do throws(ZeroMQError) {
            linkGuard = try LinkGuard(socket, limit: Self.linkCountLimit, on: loop, log: log)
        } catch {
            throw NodeError(.network, "\(error)")
        }
        loop.add(socket, events: .readable) { [unowned self] _ in answerRequests() }
        bus.onProgress = { [unowned self] in hear($0) }
        bus.onSubscription = onSubscription
        scheduleTick()
        scheduleSweep()
        startMetrics()
        log.info(
            "tracker is up",
            metadata: [
                "requests": "\(endpoints.requests)", "bus_subscribe": "\(endpoints.busSubscribe)",
                "bus_publish": "\(endpoints.busPublish)",
            ])
    }

    /// Of each of the three sockets.
    private static var linkCountLimit: Int { DescriptorLimit.links(ofSockets: 3, most: linkLimit) }

    func close() {
        stopMetrics()
        linkGuard?.stop()
        if let clockTimer { loop.cancel(clockTimer) }
        if let sweepTimer { loop.cancel(sweepTimer) }
        if let (network, host) = configuration.localNetwork { endpoints.reached(at: host).close(in: network) }
        socket.close()
        bus.close()
    }

    private func answerRequests() {
        let now = TimePoint.now
        for _ in 0..<Self.requestsPerTurn {
            guard (try? socket.receive(into: &inbox, maximumFrames: 8)) == true else { return }
            let request = inbox.withFrames { frames in
                Result { () throws(WireError) in try TrackerRequest(WireFrames(frames)) }
            }
            counts.note(request)
            // A REP that read must answer; a client that is gone by then is libzmq's to forget.
            if let error = objection(to: request) {
                _ = try? socket.send(refuse(error).frames)
                continue
            }
            switch request {
            case .success(.getMetafile(let torrent, let offset)): send(.metafile, of: torrent, from: offset)
            case .success(.getInfo(let torrent, let offset)): send(.info, of: torrent, from: offset)
            case .success(let request): _ = try? socket.send(answer(request, at: now).frames)
            case .failure(let error): _ = try? socket.send(refuse(error).frames)
            }
        }
    }

    /// In a secured swarm: why the sender may not ask for this; nil where it may.
    private func objection(to request: Result<TrackerRequest, WireError>) -> WireError? {
        guard let security = configuration.security else { return nil }
        guard security.gate.admits(inbox.userID, to: .tracker) else {
            return WireError(.notAllowed, "this key is not, or no longer, one of this swarm's nodes")
        }
        switch request {
        case .success(.announce(_, let peer)), .success(.leave(_, let peer)):
            guard peer.curveKey?.hex != inbox.userID else { return nil }
            return WireError(.notAllowed, "a node speaks for itself: the key in its peer_ref must be the one it shows")
        case .success(.getPeers), .success(.getMetafile), .success(.getInfo), .failure: return nil
        }
    }

    private func answer(_ request: TrackerRequest, at now: TimePoint) -> TrackerReply {
        switch request {
        case .announce(let torrent, let peer):
            let origin = MemberOrigin(address: inbox.peerAddress)
            switch members.announce(peer, to: torrent, from: origin, at: now) {
            case .joined: noteJoined(peer, torrent, at: now)
            case .heardAgain: break
            case .overloaded: return refuse(WireError(.overloaded, "this tracker has as many members as it may"))
            case .originOverloaded: return refuse(origin, "your address has as many members or torrents here as it may")
            case .tooOften: return refuse(origin, "your address announces more than it may; try again in a while")
            }
            return .announced(
                announceIntervalMilliseconds: UInt32(clamping: configuration.membership.announceInterval.milliseconds),
                peerTimeoutMilliseconds: UInt32(clamping: configuration.membership.peerTimeout.milliseconds))
        case .getPeers(let torrent):
            return .peers(members.sample(of: torrent, at: now))
        case .leave(let torrent, let peer):
            // A key that was proved says more than an address.
            let origin = configuration.security == nil ? MemberOrigin(address: inbox.peerAddress) : .unknown
            members.leave(peer, from: torrent, by: origin)
            return .left
        case .getMetafile(let torrent, _), .getInfo(let torrent, _):
            return refuse(MetafileShelf.unknown(torrent))
        }
    }

    /// The bytes are lent to the socket: questions that nobody reads the answers of cost no memory each.
    private func send(_ content: MetafileShelf.Content, of torrent: TorrentID, from offset: UInt64) {
        do throws(WireError) {
            let part = try metafiles.part(of: torrent, content, from: offset)
            let frames =
                switch content {
                case .metafile: TrackerReply.metafileFrames(torrent, total: part.total)
                case .info: TrackerReply.infoFrames(torrent, total: part.total)
                }
            _ = try? socket.send(frames, last: part.data)
        } catch {
            _ = try? socket.send(refuse(error).frames)
        }
    }

    /// An address that asks for too much is named once.
    private func refuse(_ origin: MemberOrigin, _ reason: String) -> TrackerReply {
        if namedOrigins.count < 1_000, namedOrigins.insert(origin).inserted {
            log.warning("refused", metadata: ["from": "\(inbox.peerAddress ?? "?")", "because": "\(reason)"])
        }
        return refuse(WireError(.overloaded, reason))
    }

    private func refuse(_ error: WireError) -> TrackerReply {
        counts.note(error)
        return .error(code: error.code.rawValue, text: error.text)
    }

    private func noteJoined(_ peer: PeerReference, _ torrent: TorrentID, at now: TimePoint) {
        let count = members.memberCount(of: torrent)
        log.debug("joined", metadata: ["peer_ref": "\(peer)", "torrent": "\(torrent)", "members": "\(count)"])
        guard configuration.expectedMembers > 0, count >= configuration.expectedMembers else { return }
        clock.membersArrived(at: now)
        scheduleTick()
    }

    /// A swarm that lives already tells a restarted clock where it is.
    private func hear(_ report: ProgressReport) {
        let now = TimePoint.now
        let isListening = clock.isListening(at: now)
        if isListening {
            clock.cycleHeard(report.cycle, at: now)
            scheduleTick()
        }
        if reportsLeft > 0 {
            reportsLeft -= 1
            chooser?.reportHeard(
                from: "\(report.torrent) \(report.node)", chunkSize: report.bulkChunkSize, bytesSent: report.bytesSent,
                at: now)
        }
        if !isListening, reportsLeft == 0 { bus.onProgress = nil }
    }

    private func scheduleTick() {
        if let clockTimer { loop.cancel(clockTimer) }
        clockTimer = clock.deadline.map { deadline in
            loop.schedule(at: MonotonicTime(deadline)) { [unowned self] in tick() }
        }
    }

    func follow(_ command: ClockCommand) {
        clock.follow(command, at: .now)
        log.notice("the clock is told", metadata: ["command": "\(command.rawValue)"])
        scheduleTick()
    }

    private func tick() {
        let (due, now) = (clock.deadline, TimePoint.now)
        if let cycle = clock.fireTick(at: now) {
            counts.note(cycle, due: due ?? now, at: now)
            chooseInterval()
            bus.publish(
                CycleTick(cycle: cycle, intervalMilliseconds: clock.interval.milliseconds, startedAt: WallClock.now))
        }
        clockTimer = nil
        scheduleTick()
    }

    /// A cycle begins: its length may be another.
    private func chooseInterval() {
        guard chooser != nil else { return }
        reportsLeft = Self.reportsPerCycle
        bus.onProgress = { [unowned self] in hear($0) }
        guard let interval = chooser?.cycleBegan(at: .now) else { return }
        log.notice(
            "cycles have another length",
            metadata: ["before": "\(clock.interval.milliseconds) ms", "now": "\(interval.milliseconds) ms"])
        clock.changeInterval(to: interval)
        members.followCycle(interval)
    }

    private func scheduleSweep() {
        sweepTimer = loop.schedule(after: Self.sweepPause) { [unowned self] in
            let removed = members.removeSilent(at: .now)
            if removed > 0 {
                log.notice(
                    "silent members removed", metadata: ["removed": "\(removed)", "left": "\(members.memberCount)"])
            }
            scheduleSweep()
        }
    }
}
