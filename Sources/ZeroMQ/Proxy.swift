/// A broker's heart: what publishers send to an xsubscribe socket goes out of an xpublish socket, and the
/// subscriptions go the other way.
///
/// Never waits: a subscriber whose queue is full loses messages, as publish sockets have it; a turn moves a bounded
/// number of messages each way, and the loop's other sockets have their turn in between.
///
/// Belongs to its loop's thread. The loop keeps it running, and alive, until `stop()`.
public final class Proxy {
    /// The frames of a passing message; not to be kept.
    public typealias Frames = UnsafeBufferPointer<UnsafeRawBufferPointer>

    /// That somebody subscribes to a topic, or does so no more.
    public struct Subscription: Sendable, Hashable {
        public let isBeginning: Bool
        /// The link that it came by; nil within a process.
        public let link: LinkDescriptor?
        /// Bytes of the topic.
        public let topicSize: Int
    }

    /// How a proxy treats what passes.
    public struct Options {
        /// Whether a publisher's message may pass; without one, all may.
        public var filter: ((Frames) -> Bool)?
        /// Whether a publisher may speak, by what the authenticator calls it (nil on an open link); without one, all
        /// may.
        public var admits: ((String?) -> Bool)?
        /// Sees what passed the filter, just before it goes out. What `publish` sends, it does not see.
        public var tap: ((Frames) -> Void)?
        /// Sees every subscription, and every end of one.
        public var subscriptionTap: ((Subscription) -> Void)?
        /// Have publishers send everything: for a tap that must see what nobody subscribed to. Otherwise they send
        /// what some subscriber asked for, and spare the network the rest.
        public var subscribesToEverything = false
        /// Messages moved each way before the loop goes on to others.
        public var messagesPerTurn = 256
        /// A message of more frames is refused.
        public var maximumFrames = 64

        public init() {}
    }

    /// Messages that passed, not counting those from `publish`.
    public private(set) var forwardedCount = 0
    /// Messages that the filter or the bound on frames kept out.
    public private(set) var refusedCount = 0
    public private(set) var isStopped = false

    private let publishers: Socket
    private let subscribers: Socket
    private let options: Options
    private var message = MultipartMessage()

    /// Starts to pass messages on.
    ///
    /// - Parameters:
    ///   - publishers: an xsubscribe socket, bound or connected by the caller; closed by `stop()`.
    ///   - subscribers: an xpublish socket, likewise.
    ///   - loop: the loop whose thread this is.
    ///   - options: what it lets through, and how much at a time.
    public init(
        from publishers: Socket, to subscribers: Socket, on loop: EventLoop, options: Options = Options()
    ) throws(ZeroMQError) {
        precondition(publishers.type == .xsubscribe, "publishers send to an xsubscribe socket")
        precondition(subscribers.type == .xpublish, "subscribers receive from an xpublish socket")
        self.publishers = publishers
        self.subscribers = subscribers
        self.options = options
        if options.subscribesToEverything { try publishers.send([[1]]) }
        loop.add(publishers, events: .readable) { _ in self.turn(self.forwardMessage) }
        loop.add(subscribers, events: .readable) { _ in self.turn(self.forwardSubscription) }
    }

    /// Sends a message of the owner's own to those who subscribed to it, past filter and tap.
    public func publish(_ frames: [[UInt8]]) throws(ZeroMQError) {
        try subscribers.send(frames)
    }

    /// Closes both sockets. Further calls do nothing.
    public func stop() {
        isStopped = true
        publishers.close()
        subscribers.close()
    }

    /// Moves messages until there is none, or enough; stops when the context has ended.
    private func turn(_ move: () throws(ZeroMQError) -> Bool) {
        do throws(ZeroMQError) {
            for _ in 0..<options.messagesPerTurn {
                // The filter and the tap may have stopped it.
                guard !isStopped, try move() else { return }
            }
        } catch {
            stop()
        }
    }

    private func forwardMessage() throws(ZeroMQError) -> Bool {
        guard try publishers.receive(into: &message, maximumFrames: options.maximumFrames) else { return false }
        let passes =
            !message.wasTruncated && (options.admits?(message.userID) ?? true)
            && message.withFrames { options.filter?($0) ?? true }
        guard passes else {
            refusedCount += 1
            return true
        }
        message.withFrames { options.tap?($0) }
        guard !isStopped else { return false }
        // Copied: what was received lies in a buffer of 18 KiB with what came beside it, and would keep all of that for
        // as long as it waits for a subscriber.
        try message.withFrames { frames throws(ZeroMQError) in _ = try subscribers.send(frames) }
        forwardedCount += 1
        return true
    }

    /// Passes a subscription upstream. Read even when nothing is to be passed on: libzmq queues them without bound.
    private func forwardSubscription() throws(ZeroMQError) -> Bool {
        guard try subscribers.receive(into: &message, maximumFrames: 1) else { return false }
        // Anything else is a message that a subscriber made up: publishers must not see it.
        let (kind, size) = message.withFrames { ($0[0].first, $0[0].count) }
        guard let kind, kind <= 1, !message.wasTruncated else { return true }
        options.subscriptionTap?(
            Subscription(isBeginning: kind == 1, link: message.linkDescriptor, topicSize: size - 1))
        if !isStopped && !options.subscribesToEverything { try publishers.send(moving: &message) }
        return true
    }
}

/// A proxy is its loop's own.
@available(*, unavailable)
extension Proxy: Sendable {}
