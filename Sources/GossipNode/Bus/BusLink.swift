import GossipWire
import ZeroMQ

/// A node's two ends of the bus: it hears ticks, and publishes progress and events.
///
/// It publishes through an XPUB, which tells when the broker has subscribed: what is said before is kept until then,
/// for a PUB would drop it without a word.
final class BusLink {
    private static let messagesPerTurn = 64

    private let loop: EventLoop
    private let subscriber: Socket
    private let publisher: Socket
    private let onTick: (CycleTick) -> Void
    private var inbox = MultipartMessage()
    private var subscriptions = 0
    private var backlog = BusBacklog()

    /// - Parameter onTick: called on the loop's thread with each tick.
    init(
        in context: Context, on loop: EventLoop, subscribeEndpoint: String, publishEndpoint: String,
        security: SwarmSecurity? = nil, onTick: @escaping (CycleTick) -> Void
    ) throws(ZeroMQError) {
        self.loop = loop
        self.onTick = onTick
        subscriber = try Socket(.subscribe, in: context, maximumFrameSize: BusLimit.frameSize)
        publisher = try Socket(.xpublish, in: context, maximumFrameSize: BusLimit.frameSize)
        try subscriber.secure(security, to: security?.trackerKey)
        try publisher.secure(security, to: security?.trackerKey)
        try subscriber.keepAlive()
        try publisher.keepAlive()
        try subscriber.subscribe(BusMessage.TopicPrefix.cycle)
        try subscriber.connect(subscribeEndpoint)
        try publisher.connect(publishEndpoint)
        loop.add(subscriber, events: .readable) { [unowned self] _ in hear() }
        loop.add(publisher, events: .readable) { [unowned self] _ in noteSubscriptions() }
    }

    func publish(_ message: BusMessage) {
        if subscriptions == 0 {
            backlog.add(message)
        } else {
            send(message)
        }
    }

    /// Closes both ends; what is on its way out is given `linger` to leave.
    func close(linger: Duration) {
        try? publisher.set(.linger, to: linger)
        publisher.close()
        subscriber.close()
    }

    private func hear() {
        for _ in 0..<Self.messagesPerTurn {
            guard (try? subscriber.receive(into: &inbox)) == true else { return }
            let message = inbox.withFrames { BusMessage(WireFrames($0)) }
            if case .cycle(let tick) = message { onTick(tick) }
        }
    }

    /// A subscription is one frame: 1 or 0, for one more or one less, and the prefix.
    private func noteSubscriptions() {
        for _ in 0..<Self.messagesPerTurn {
            guard (try? publisher.receive(into: &inbox)) == true else { break }
            switch inbox.withFrames({ $0[0].first }) {
            case 1: subscriptions += 1
            case 0: subscriptions = max(0, subscriptions - 1)
            default: break
            }
        }
        guard subscriptions > 0 else { return }
        for message in backlog.removeAll() { send(message) }
    }

    private func send(_ message: BusMessage) {
        // The bus is for those who watch: at its high-water mark libzmq drops, and the node goes on.
        _ = try? publisher.send(message.frames)
    }
}
