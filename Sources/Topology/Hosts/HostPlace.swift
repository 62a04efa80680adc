import GossipCore
import GossipNode

/// A host where nodes run, at the other end of its link. Paths are relative to the run's folder there.
package struct HostPlace: NodePlace {
    let link: HostLink
    /// What the file that is copied is called.
    let sourceName: String
    let recordsTraces: Bool

    package static let metafile = "metafile.torrent"

    package var metafile: String { Self.metafile }
    package var source: String { "source/\(sourceName)" }

    package func data(of node: String) -> String { "data/\(node)" }

    package func trace(of node: String) -> String? { recordsTraces ? "traces/\(node).trace" : nil }

    package func take(metafile path: String) async throws { try await link.put(path, as: Self.metafile) }

    package func run(
        _ command: NodeCommand, _ credentials: NodeCredentials?, clockCommands: AsyncStream<ClockCommand>?,
        onLine: @Sendable (String) async throws -> Void
    ) async throws -> String {
        let name = command.name
        let events = try await link.start(command, credentials)
        let ending = try await withThrowingTaskGroup { group in
            if let clockCommands {
                group.addTask { for await command in clockCommands { await link.tell(name, command.rawValue) } }
            }
            defer { group.cancelAll() }
            for await event in events {
                switch event {
                case .line(let text): try await onLine(text)
                case .ended(let how): return how as String?
                }
            }
            return nil
        }
        if let ending { return ending }
        if Task.isCancelled {
            await link.stop(name)
            throw CancellationError()
        }
        if await link.isLeaving {
            // The run goes on there. Other hosts may not have been told yet, so that this is no reason to end.
            try await untilCancelled()
        }
        throw await link.lost(node: name)
    }

    private func untilCancelled() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in stream {}
        continuation.finish()
        try Task.checkCancellation()
    }
}

extension HostLink {
    /// Starts a node.
    /// - Parameter credentials: handed to it over its standard input there.
    /// - Returns: what it does, up to its end; ends earlier where the connection is lost.
    func start(_ command: NodeCommand, _ credentials: NodeCredentials?) async throws -> AsyncStream<NodeEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: NodeEvent.self)
        events[command.name] = continuation
        do {
            try await send(
                .message(
                    .start(
                        name: command.name, arguments: command.arguments, input: credentials?.text,
                        logsToFile: settings.isDetached)))
        } catch {
            throw lost(node: command.name)
        }
        return stream
    }

    /// Gives a node a line over its standard input, as far as the connection is there.
    func tell(_ name: String, _ line: String) async {
        try? await send(.message(.tell(name: name, line: line)))
    }

    /// Ends a node, and returns when it has ended or the connection has; a run that is detached keeps its nodes.
    func stop(_ name: String) async {
        guard !isLeaving, !ended.contains(name) else { return }
        let (stream, continuation) = AsyncStream.makeStream(of: NodeEvent.self)
        events[name] = continuation
        guard (try? await send(.message(.stop(name: name)))) != nil else { return }
        // Not of the task that was cancelled, which would wait for nothing.
        await Task { for await event in stream { if case .ended = event { return } } }.value
    }

    func lost(node: String) -> LaunchError {
        let reason = fault ?? faults.error("the connection was lost")
        return LaunchError("\(reason); \(node) ran there")
    }
}
