import GossipCore
import GossipWire
import ZeroMQ

/// What is said on a link, once it is up.
enum LinkRequest {
    case gossip(PeerRequest)
    case exchange(ExchangeRequest)
}

/// The link to one neighbour: a DEALER, and what waits until it is connected.
final class PeerLink {
    /// Requests that may wait; a cycle sends a handful.
    private static let outboxLimit = 256

    enum Delivery {
        case sent
        /// It waits until the link is up, for as long as its cycle lasts.
        case waiting
        case refused
    }

    let peer: PeerID
    /// Whom the link speaks with in a secured swarm; nil in an open one.
    let key: CurvePublicKey?
    let socket: Socket
    private let loop: EventLoop
    private var outbox: [LinkRequest] = []
    /// The cycle in which it last carried anything.
    var lastUse: Cycle
    /// Requests that wait until the link is up.
    var waitingCount: Int { outbox.count }
    /// Whether a cycle ended with requests that the link had not taken, and it has taken none since.
    private(set) var isFailing = false

    /// - Parameters:
    ///   - cycle: the present one.
    ///   - target: where the neighbour listens, with its key in a secured swarm.
    ///   - endpoint: what to connect to in order to get there.
    ///   - identity: what the neighbour's log calls us; at most 255 bytes.
    ///   - queueLimit: messages that may wait in memory for a neighbour that does not read.
    ///   - onReadable: called on the loop's thread when answers came.
    ///   - onWritable: called when what waits should be sent.
    init(
        to peer: PeerID, in cycle: Cycle, at target: PeerReference, endpoint: String, identity: [UInt8],
        security: SwarmSecurity?, in context: Context, on loop: EventLoop, maximumFrameSize: Int, queueLimit: Int,
        onReadable: @escaping (PeerLink) -> Void,
        onWritable: @escaping (PeerLink) -> Void
    ) throws(ZeroMQError) {
        self.peer = peer
        self.loop = loop
        lastUse = cycle
        key = security == nil ? nil : target.curveKey
        socket = try Socket(.dealer, in: context, maximumFrameSize: maximumFrameSize)
        // Without it messages would queue for a peer that is away and reach it cycles later.
        try socket.set(.immediate, to: true)
        try socket.set(.sendHighWaterMark, to: queueLimit)
        try socket.set(.routingID, to: identity)
        // A frozen peer keeps its connection: only a heartbeat tells it from a quiet one.
        try socket.keepAlive()
        try socket.set(.reconnectIntervalMaximum, to: .seconds(1))
        try socket.secure(security, to: key)
        try socket.connect(endpoint)
        loop.add(socket, events: .readable) { [unowned self] events in
            if events.contains(.writable) { onWritable(self) }
            if events.contains(.readable), !socket.isClosed { onReadable(self) }
        }
    }

    /// Sends by `transmit`, or keeps the request until the link is up.
    func send(_ request: LinkRequest, transmit: (LinkRequest) -> SendOutcome) -> Delivery {
        if outbox.isEmpty, transmit(request) == .sent { return .sent }
        guard outbox.count < Self.outboxLimit else { return .refused }
        outbox.append(request)
        loop.update(socket, events: [.readable, .writable])
        return .waiting
    }

    /// Sends what waits, as far as the link takes it.
    func flush(transmit: (LinkRequest) -> SendOutcome) {
        var sent = 0
        while sent < outbox.count, transmit(outbox[sent]) == .sent { sent += 1 }
        outbox.removeFirst(sent)
        if outbox.isEmpty { loop.update(socket, events: .readable) }
    }

    /// Takes out what still waits: its cycle is over.
    func removeWaiting() -> [LinkRequest] {
        guard !outbox.isEmpty else { return [] }
        defer { outbox.removeAll() }
        isFailing = true
        loop.update(socket, events: .readable)
        return outbox
    }

    /// Notes that the link took a request; true where it had failed before.
    func noteSent() -> Bool {
        defer { isFailing = false }
        return isFailing
    }

    func close() {
        socket.close()
    }
}
