import GossipWire
import Logging
import ZeroMQ

/// The bus itself: nodes publish to its XSUB, anyone subscribes at its XPUB, and the clock's ticks go out with the rest.
final class BusBroker {
    /// Where anyone subscribes, the port as it was given.
    let subscribeEndpoint: String
    /// Where nodes publish, the port as it was given.
    let publishEndpoint: String
    /// Called with each progress report that passes, on the loop's thread.
    var onProgress: ((ProgressReport) -> Void)?
    /// Called with each subscription, on the loop's thread: what is published from then on reaches who subscribed.
    var onSubscription: (() -> Void)?

    private let proxy: Proxy
    private var linkGuards: [LinkGuard] = []

    var publisherGuard: LinkGuard? { linkGuards.first }
    var subscriberGuard: LinkGuard? { linkGuards.last }
    /// Messages of publishers that were passed on, and that were not to be.
    var passedCount: Int { proxy.forwardedCount }
    var refusedCount: Int { proxy.refusedCount }

    private var subscriptions: SubscriptionLedger
    private var slowSubscribers: SlowSubscribers
    /// Filled by the proxy's tap.
    private let tap: Tap

    private final class Tap {
        var onMessage: (WireFrames) -> Void = { _ in }
        var onSubscription: (Proxy.Subscription) -> Void = { _ in }
    }

    init(
        in context: Context, on loop: EventLoop, subscribeEndpoint: String, publishEndpoint: String,
        linkLimit: Int, subscriberBacklog: Int, security: SwarmSecurity? = nil,
        local: (network: LocalNetwork, host: String)? = nil, log: Logger
    ) throws(ZeroMQError) {
        let overhead = security == nil ? 0 : BusLimit.securityOverhead
        let publishers = try Socket(.xsubscribe, in: context, maximumFrameSize: BusLimit.publishedSize + overhead)
        let subscribers = try Socket(
            .xpublish, in: context,
            maximumFrameSize: security == nil ? BusLimit.subscriptionSize : BusLimit.securedSubscriptionSize)
        try publishers.set(.receiveHighWaterMark, to: BusLimit.publishedQueue)
        try subscribers.set(.receiveHighWaterMark, to: BusLimit.subscriptionQueue)
        try subscribers.set(.tcpUntakenMaximum, to: BusLimit.subscriberPatience)
        try subscribers.set(.xpublishVerboser, to: true)
        try publishers.secure(security, as: .busPublish)
        try subscribers.secure(security, as: .busSubscribe)
        subscriptions = SubscriptionLedger(
            topicLimit: BusLimit.subscriptionsPerLink,
            byteLimit: max(BusLimit.topicBytes, linkLimit * BusLimit.topicBytesPerLink))
        slowSubscribers = SlowSubscribers(limit: subscriberBacklog)
        self.subscribeEndpoint = try subscribers.bind(subscribeEndpoint)
        self.publishEndpoint = try publishers.bind(publishEndpoint)
        if let (network, host) = local {
            try network.open(subscribers, at: TrackerEndpoints.endpoint(self.subscribeEndpoint, at: host))
            try network.open(publishers, at: TrackerEndpoints.endpoint(self.publishEndpoint, at: host))
        }
        let tap = Tap()
        var options = Proxy.Options()
        // The clock must hear progress whether or not a monitor does.
        options.subscribesToEverything = true
        if let gate = security?.gate { options.admits = { gate.admits($0, to: .busPublish) } }
        options.filter = { Self.mayPass(WireFrames($0)) }
        options.tap = { tap.onMessage(WireFrames($0)) }
        options.subscriptionTap = { tap.onSubscription($0) }
        self.tap = tap
        proxy = try Proxy(from: publishers, to: subscribers, on: loop, options: options)
        linkGuards = [
            try LinkGuard(publishers, limit: linkLimit, on: loop, log: log),
            try LinkGuard(
                subscribers, limit: linkLimit, on: loop, log: log,
                onAccepted: { [unowned self] in if let link = $0.linkDescriptor { forget(link) } },
                onLost: { [unowned self] in forget($0) }),
        ]
        tap.onMessage = { [unowned self] in
            hear($0)
            cutSlowSubscribers($0)
        }
        tap.onSubscription = { [unowned self] in count($0) }
    }

    /// libzmq keeps each subscription for as long as its link lasts: who has too many loses it.
    private func count(_ subscription: Proxy.Subscription) {
        if subscription.isBeginning { onSubscription?() }
        guard let link = subscription.link else { return }
        guard subscription.isBeginning else { return subscriptions.unsubscribe(link, size: subscription.topicSize) }
        if let excess = subscriptions.subscribe(link, size: subscription.topicSize) {
            subscriberGuard?.cut(excess.link, because: excess.reason)
        }
    }

    private func forget(_ link: LinkDescriptor) {
        subscriptions.remove(link)
        slowSubscribers.remove(link)
    }

    /// Who takes nothing is given up after a while by the system, too, however little passes.
    private func cutSlowSubscribers(_ frames: WireFrames) {
        guard slowSubscribers.pass(frames[0].count + frames[1].count), let subscriberGuard else { return }
        for link in slowSubscribers.look(at: subscriberGuard.links, isBehind: \.isBehind) {
            subscriberGuard.cut(link, because: "it was behind while much was said")
        }
    }

    func publish(_ tick: CycleTick) {
        // A tick that libzmq does not take is lost, which harms nobody.
        _ = try? proxy.publish(BusMessage.cycle(tick).frames)
    }

    func close() {
        for linkGuard in linkGuards { linkGuard.stop() }
        proxy.stop()
    }

    /// Ticks come from our own clock alone; what has another topic than the protocol's is not passed on either, for a
    /// subscriber of `cycle` hears every topic that begins so.
    private static func mayPass(_ frames: WireFrames) -> Bool {
        guard frames.count == 2 else { return false }
        return frames[0].starts(with: BusMessage.TopicPrefix.progress.utf8)
            || frames[0].starts(with: BusMessage.TopicPrefix.event.utf8)
    }

    private func hear(_ frames: WireFrames) {
        guard let onProgress, frames[0].starts(with: BusMessage.TopicPrefix.progress.utf8),
            case .progress(let report) = BusMessage(frames)
        else { return }
        onProgress(report)
    }

    /// `tcp://HOST:PORT` with a higher port; any free one where the port is `*` or 0.
    static func endpoint(above endpoint: String, by distance: UInt16) -> String {
        guard let colon = endpoint.lastIndex(of: ":") else { return endpoint }
        let start = endpoint[...colon]
        guard let port = UInt16(endpoint[endpoint.index(after: colon)...]), port > 0, port <= .max - distance else {
            return start + "*"
        }
        return start + String(port + distance)
    }
}
