import GossipCore
import GossipNode
import Testing
import ZeroMQ

/// A tracker over real sockets. One test at a time: they tell times, and a busy machine has two cores.
@Suite(.serialized, .timeLimit(.minutes(5)))
enum TrackerTests {
    /// Runs a tracker, and `body` beside it on a thread that may block.
    static func withTracker<Result: Sendable>(
        interval: TimeSpan = .milliseconds(50), _ change: (inout TrackerNodeConfiguration) -> Void = { _ in },
        _ body: @Sendable (Stage, TrackerEndpoints) throws -> Result
    ) async throws -> Result {
        var configuration = TrackerNodeConfiguration(
            bindEndpoint: "tcp://127.0.0.1:*", interval: interval, randomSeed: 1)
        // The clock waits, unless a test wants it.
        configuration.expectedMembers = 1_000
        change(&configuration)
        let finished = configuration
        return try await Runtime.with { runtime in
            let tracker = TrackerNode(
                finished, context: runtime.context, loop: runtime.loop, log: CapturedLog().logger)
            let endpoints = try await tracker.start()
            do {
                let result = try await runtime.stage { try body($0, endpoints) }
                await tracker.stop()
                return result
            } catch {
                await tracker.stop()
                throw error
            }
        }
    }

    static let torrent = Array("a torrent".utf8)

    static func announce(_ peer: String, _ torrent: [UInt8] = torrent) -> [[UInt8]] {
        Frames.text("GT1", "announce") + [torrent, Array(peer.utf8)]
    }

    static func getPeers(_ torrent: [UInt8] = torrent) -> [[UInt8]] {
        Frames.text("GT1", "get_peers") + [torrent]
    }

    static func leave(_ peer: String, _ torrent: [UInt8] = torrent) -> [[UInt8]] {
        Frames.text("GT1", "leave") + [torrent, Array(peer.utf8)]
    }
}

extension Socket {
    /// Asks a tracker and returns what it answers; nil after a long wait.
    func ask(_ frames: [[UInt8]]) throws -> [[UInt8]]? {
        guard try send(frames) == .sent else { return nil }
        return try next()
    }

    /// The members that a tracker names.
    func askForPeers(_ torrent: [UInt8] = TrackerTests.torrent) throws -> [String]? {
        guard let reply = try ask(TrackerTests.getPeers(torrent)), Array(reply.prefix(2)) == Frames.text("GT1", "peers")
        else { return nil }
        return reply.dropFirst(2).map { String(decoding: $0, as: UTF8.self) }
    }
}
