import GossipNode
import Logging
import ZeroMQ

/// One ZeroMQ context, one event loop and the threads that hash for it, for the life of a command.
struct NodeRuntime: Sendable {
    let context: Context
    let loop: EventLoop
    let workers: WorkerPool

    /// Each neighbour of each node takes one; libzmq's own bound of 1,023 is below what a swarm of a thousand needs.
    private static let maximumSockets = 8_192

    /// Runs `body`, then closes down in the order that ZeroMQ wants: sockets by `body`, the loop, the context.
    static func with<Result: Sendable>(_ body: (NodeRuntime) async throws -> Result) async throws -> Result {
        MemoryPolicy.reuseLargeBlocks()
        DescriptorLimit.raise()
        let runtime = NodeRuntime(
            context: try Context(maximumSockets: maximumSockets), loop: try EventLoop(name: "gotorrent"),
            workers: try WorkerPool())
        do {
            let result = try await body(runtime)
            await runtime.close()
            return result
        } catch {
            await runtime.close()
            throw error
        }
    }

    /// Likewise, with the sockets guarded where there is security: from before `body` until it has closed its own.
    static func with<Result: Sendable>(
        _ security: SecuritySetup?, log: Logger, _ body: (NodeRuntime) async throws -> Result
    ) async throws -> Result {
        try await with { runtime in
            guard let security else { return try await body(runtime) }
            let keeper = GateKeeper(
                security.gate, watching: security.file, context: runtime.context, loop: runtime.loop, log: log)
            try await keeper.open()
            do {
                let result = try await body(runtime)
                await keeper.close()
                return result
            } catch {
                await keeper.close()
                throw error
            }
        }
    }

    private func close() async {
        await loop.shutdown()
        context.terminate()
    }
}
