import GossipCore
import Logging
import Metainfo
import ZeroMQ

/// A tracker with its bus and its clock.
///
/// The actor runs on its event loop's thread, which owns the tracker's sockets.
package actor TrackerNode {
    private nonisolated let loop: EventLoop
    private let configuration: TrackerNodeConfiguration
    private let context: Context
    private let log: Logger
    private var shell: TrackerShell?

    /// Yields once somebody subscribes to the bus: who waits for that before he starts nodes misses nothing they say.
    package nonisolated let subscriptions: AsyncStream<Void>
    private let subscribed: AsyncStream<Void>.Continuation

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - context: outlives the node.
    ///   - loop: may be shared with other nodes; outlives the node.
    package init(_ configuration: TrackerNodeConfiguration, context: Context, loop: EventLoop, log: Logger) {
        self.configuration = configuration
        self.context = context
        self.loop = loop
        self.log = log
        (subscriptions, subscribed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Binds the ports and starts to serve.
    /// - Returns: where it listens.
    /// - Throws: `NodeError` that names the endpoint that could not be bound.
    package func start() throws(NodeError) -> TrackerEndpoints {
        let shell = try TrackerShell(configuration, context: context, loop: loop, log: log)
        try shell.start { [subscribed] in subscribed.yield() }
        self.shell = shell
        return shell.endpoints
    }

    /// Serves a metafile from now on.
    /// - Throws: `NodeError` where there is no room for another; see `MetafileShelf`.
    package func serve(_ metafile: Metafile) throws(NodeError) {
        try shell?.metafiles.add(metafile)
    }

    /// Holds the clock, has it go on by one cycle, or for good.
    package func follow(_ command: ClockCommand) { shell?.follow(command) }

    /// Closes the ports.
    package func stop() {
        shell?.close()
        shell = nil
        subscribed.finish()
    }
}
