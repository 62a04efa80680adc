import GossipNode
import Reporting

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Shows how far things are: redrawn lines on a terminal, a line now and then elsewhere, or JSON for programs.
///
/// What there is to show is handed over and shown by a task of its own: a terminal that someone halted must not halt a
/// node.
struct ProgressDisplay: Sendable {
    enum Mode: Sendable {
        case text, json, none
    }

    enum Event: Sendable {
        /// A node says where it stands.
        case status(NodeStatus)
        /// A file is read and hashed.
        case hashing(TransferProgress)
        /// The file of that name is hashed.
        case hashed(name: String)
        /// A line for people, such as one of the log, that stays above what is redrawn.
        case line(TextLine)
        /// A line for standard output, where programs read it.
        case result(String)
    }

    /// Events that may wait for a slow terminal; then the oldest go.
    private static let backlog = 1_024

    let mode: Mode
    /// What lines for people are said to come from where they are JSON as well; nil where they are not.
    private let label: String?
    /// Whether lines are redrawn, so that nothing else may write to the terminal.
    let isLive: Bool
    private let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation

    init(_ mode: Mode, label: String? = nil) {
        self.mode = mode
        self.label = label
        isLive = mode == .text && TerminalFeatures.detect(STDERR_FILENO).isLive
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.backlog))
    }

    func show(_ event: Event) {
        continuation.yield(event)
    }

    /// Shows what is handed over while `body` runs, and the last of it before it returns.
    func showing<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { [mode, label, events] in
            var view = ProgressView(mode, LiveTerminal(STDERR_FILENO), label: label)
            for await event in events { view.take(event) }
            view.finish()
        }
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        continuation.finish()
        await task.value
        return try result.get()
    }
}
