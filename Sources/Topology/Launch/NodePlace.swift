import GossipCore
import GossipNode

/// A place where nodes run: this machine, or a host at the other end of ssh.
package protocol NodePlace: Sendable {
    /// What nodes there are told, as paths there: the metafile, and the file that is copied, for seeds.
    var metafile: String { get }
    var source: String { get }

    /// Where a peer there downloads to.
    func data(of node: String) -> String

    /// Where a node there records its events and actions; nil where it does not.
    func trace(of node: String) -> String?

    /// Takes the metafile, before the first node is started.
    /// - Parameter path: where it is on this machine.
    func take(metafile path: String) async throws

    /// Starts a process and waits until it ends; a cancelled task ends it.
    /// - Parameters:
    ///   - credentials: what it is handed over its standard input; nil in an open swarm.
    ///   - clockCommands: what a tracker is told while it runs; nil where nobody does.
    ///   - onLine: called with each line that it writes to standard output.
    /// - Returns: how it ended.
    /// - Throws: `LaunchError` where it cannot be started, or nobody knows any more what becomes of it.
    func run(
        _ command: NodeCommand, _ credentials: NodeCredentials?, clockCommands: AsyncStream<ClockCommand>?,
        onLine: @Sendable (String) async throws -> Void
    ) async throws -> String
}
