import GossipCore
import GossipNode

/// This machine: nodes are children of the launcher and use the run directory itself.
package struct LocalPlace: NodePlace {
    /// The `gotorrent` to start.
    private let executable: String
    package let metafile: String
    package let source: String
    private let logPath: @Sendable (String) -> String
    private let dataPath: @Sendable (String) -> String
    private let tracePath: @Sendable (String) -> String?

    /// - Parameters: paths, those of a node by its name.
    package init(
        executable: String, metafile: String, source: String, log: @escaping @Sendable (String) -> String,
        data: @escaping @Sendable (String) -> String, trace: @escaping @Sendable (String) -> String?
    ) {
        self.executable = executable
        self.metafile = metafile
        self.source = source
        logPath = log
        dataPath = data
        tracePath = trace
    }

    package func data(of node: String) -> String { dataPath(node) }

    package func trace(of node: String) -> String? { tracePath(node) }

    /// It is where it should be.
    package func take(metafile path: String) async throws {}

    package func run(
        _ command: NodeCommand, _ credentials: NodeCredentials?, clockCommands: AsyncStream<ClockCommand>?,
        onLine: @Sendable (String) async throws -> Void
    ) async throws -> String {
        var process = NodeProcess(
            executable: executable, command: command, logPath: logPath(command.name), credentials: credentials)
        process.clockCommands = clockCommands
        return "\(try await process.run(onLine: onLine))"
    }
}
