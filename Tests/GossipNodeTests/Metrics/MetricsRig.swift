import GossipNode
import HTTPText
import ZeroMQ

/// A server of metrics with what a test has it tell.
enum MetricsRig {
    /// Runs a server, and `body` on a thread that may block.
    /// - Parameter prepare: starts what is to tell of itself, and returns how to stop it.
    static func run<Context: Sendable>(
        patience: Duration = .seconds(5), gate: AccessGate? = nil, log: CapturedLog = CapturedLog(),
        prepare: @Sendable (Runtime, MetricsRegistry) async throws -> (Context, @Sendable () async -> Void),
        _ body: @Sendable (Stage, ListenAddress, Context) throws -> Void
    ) async throws {
        try await Runtime.with { runtime in
            let metrics = MetricsNode(context: runtime.context, loop: runtime.loop, log: log.logger)
            let address = try await metrics.start(
                at: ListenAddress(host: ListenAddress.loopback, port: 0), gate: gate, patience: patience)
            do {
                let (context, stop) = try await prepare(runtime, metrics.registry)
                do {
                    try await runtime.stage { try body($0, address, context) }
                } catch {
                    await stop()
                    throw error
                }
                await stop()
            } catch {
                await metrics.stop()
                throw error
            }
            await metrics.stop()
        }
    }

    /// Runs a server alone.
    static func run(
        patience: Duration = .seconds(5), gate: AccessGate? = nil, log: CapturedLog = CapturedLog(),
        _ body: @Sendable (Stage, ListenAddress) throws -> Void
    ) async throws {
        try await run(patience: patience, gate: gate, log: log) { _, _ in
            ((), {})
        } _: { stage, address, _ in
            try body(stage, address)
        }
    }
}
