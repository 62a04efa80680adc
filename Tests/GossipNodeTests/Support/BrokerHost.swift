import Logging
import ZeroMQ

@testable import GossipNode

/// A broker of its own, which counts the subscriptions that it is told of.
actor BrokerHost {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let context: Context
    private var broker: BusBroker?
    private var subscriptionCount = 0

    init(_ runtime: Runtime) {
        context = runtime.context
        loop = runtime.loop
    }

    /// - Returns: where it is subscribed to.
    func open(log: Logger) throws -> String {
        let broker = try BusBroker(
            in: context, on: loop, subscribeEndpoint: "tcp://127.0.0.1:*", publishEndpoint: "tcp://127.0.0.1:*",
            linkLimit: 16, subscriberBacklog: BusLimit.subscriberBacklog, log: log)
        broker.onSubscription = { [unowned self] in assumeIsolated { $0.subscriptionCount += 1 } }
        self.broker = broker
        return broker.subscribeEndpoint
    }

    /// Subscriptions, when no more come for a while.
    func finalSubscriptionCount() async throws -> Int {
        var before = -1
        while before != subscriptionCount {
            before = subscriptionCount
            try await Task.sleep(for: .milliseconds(300))
        }
        return subscriptionCount
    }

    func close() {
        broker?.close()
        broker = nil
    }
}
