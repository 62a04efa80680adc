import HTTPText
import Logging
import Metrics
import ZeroMQ

/// Answers those who collect metrics, over plain TCP on the node's own event loop: no thread and no server beside it.
///
/// A connection has one request, one answer and `patience`, whatever it does with them; what it sends beyond a head's
/// size, and connections beyond `connectionLimit`, are cut. The other end closes, as `Connection: close` asks it to: who
/// closes first may throw away what is still on its way, and libzmq cannot tell whether something is.
final class MetricsServer {
    static let connectionLimit = 32
    /// For a request to come and its answer to be taken.
    package static let patience = Duration.seconds(5)
    /// Looks for connections whose time is up.
    private static let sweepPause = Duration.seconds(1)
    private static let messagesPerTurn = 64

    private struct Connection {
        var reader = RequestReader()
        var isAnswered = false
        /// Whether it was cut. It stays until libzmq tells that it is gone, which would else look like a new one's coming.
        var isCut = false
        var end: MonotonicTime
    }

    /// Where it listens, the port as it was given.
    let address: ListenAddress
    private let registry: MetricsRegistry
    private let loop: EventLoop
    private let patience: Duration
    private let socket: Socket
    private var linkGuard: LinkGuard?
    private var connections: [[UInt8]: Connection] = [:]
    private var inbox = MultipartMessage()
    private var timer: TimerToken?
    private var ownNumber: Int?
    /// Answers by their code, and the time that they took.
    private var answers: [Int: UInt64] = [:]
    private var collectingTime = Duration.zero

    /// Listens. Call on the loop's thread.
    /// - Throws: `NodeError` that says what would be right where the address is taken, or is none of this machine's.
    init(
        _ wanted: ListenAddress, registry: MetricsRegistry, patience: Duration = MetricsServer.patience,
        in context: Context, on loop: EventLoop, log: Logger
    ) throws(NodeError) {
        self.registry = registry
        self.loop = loop
        self.patience = patience
        do throws(ZeroMQError) {
            socket = try Socket(.stream, in: context)
            try socket.set(.receiveHighWaterMark, to: 4)
            try socket.set(.tcpUntakenMaximum, to: patience)
            try socket.set(.ipv6, to: wanted.isVersion6)
            let bound = try socket.bind("tcp://\(wanted)")
            let port = bound.split(separator: ":").last.flatMap { UInt16($0) } ?? wanted.port
            address = ListenAddress(host: wanted.host, port: port)
            linkGuard = try LinkGuard(socket, limit: Self.connectionLimit, on: loop, log: log)
        } catch {
            throw NodeError(
                .network,
                "cannot serve metrics at \(wanted): \(error); --metrics \(ListenAddress(host: wanted.host, port: 0)) takes any "
                    + "free port")
        }
        loop.add(socket, events: .readable) { [unowned self] _ in receive() }
        ownNumber = registry.add { [unowned self] in tellOwn(into: &$0) }
    }

    func close() {
        if let timer { loop.cancel(timer) }
        if let ownNumber { registry.remove(ownNumber) }
        linkGuard?.stop()
        socket.close()
    }

    private func receive() {
        for _ in 0..<Self.messagesPerTurn {
            guard (try? socket.receive(into: &inbox, maximumFrames: 2)) == true, inbox.count == 2 else { return }
            if let link = inbox.linkDescriptor { inbox.withFrames { linkGuard?.name(link, $0[0]) } }
            let (identity, isEmpty) = inbox.withFrames { (Array($0[0]), $0[1].isEmpty) }
            switch (connections[identity], isEmpty) {
            case (nil, true): admit(identity)
            case (.some, true): connections[identity] = nil
            // Of one that was turned away.
            case (nil, false): break
            case (.some, false): take(identity)
            }
        }
    }

    private func admit(_ identity: [UInt8]) {
        // Those beyond the bound are cut by the guard; until it knows of them they get no place here either.
        guard connections.count < 2 * Self.connectionLimit else { return cut(identity) }
        connections[identity] = Connection(end: .now + patience)
        sweepLater()
    }

    private func take(_ identity: [UInt8]) {
        guard let connection = connections[identity], !connection.isAnswered, !connection.isCut else { return }
        let outcome = inbox.withFrames { connections[identity]?.reader.take($0[1]) } ?? .incomplete
        let answer = ScrapeAnswer.to(outcome, isOnLoopback: address.isLoopback) {
            let start = ContinuousClock.now
            let set = registry.collect()
            collectingTime += ContinuousClock.now - start
            return set
        }
        if let answer { send(answer, to: identity) }
    }

    private func send(_ answer: ScrapeAnswer, to identity: [UInt8]) {
        connections[identity]?.isAnswered = true
        answers[answer.code, default: 0] += 1
        if (try? socket.send(to: identity, [answer.bytes])) != .sent { cut(identity) }
    }

    /// Ends a connection; what it has not taken is lost.
    private func cut(_ identity: [UInt8]) {
        connections[identity]?.isCut = true
        connections[identity]?.end = .now + Self.sweepPause
        if linkGuard?.cut(identity, because: "its time for metrics was up") != true {
            // An empty message closes it, as soon as it has taken what is on its way.
            _ = try? socket.send(to: identity, [[]])
        }
    }

    private func sweepLater() {
        guard timer == nil else { return }
        timer = loop.schedule(after: min(Self.sweepPause, patience)) { [unowned self] in
            timer = nil
            let now = MonotonicTime.now
            for (identity, connection) in connections where connection.end <= now {
                if connection.isCut { connections[identity] = nil } else { cut(identity) }
            }
            if !connections.isEmpty { sweepLater() }
        }
    }

    private func tellOwn(into set: inout MetricSet) {
        ProcessMetrics.collect(into: &set)
        for code in [200, 400, 404, 405, 421, 431] {
            set.add(ProcessMetrics.scrapes, ["\(code)"], answers[code] ?? 0)
        }
        set.add(ProcessMetrics.scrapeTime, collectingTime / .seconds(1))
    }
}
