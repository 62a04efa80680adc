import Foundation
import TestSupport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A tracker that a test started by hand, and the options with which nodes and monitors find it on whatever ports.
struct HandmadeSwarm: Sendable {
    private struct Endpoints: Decodable {
        let requests, busSubscribe, busPublish: String
    }

    let folder: TemporaryFolder
    let tracker: String
    let busSubscribe: String
    let busPublish: String

    /// Options of `seed` and `get`.
    var nodeOptions: [String] {
        [
            "--bus-subscribe", busSubscribe, "--bus-publish", busPublish, "--bind", "tcp://127.0.0.1:*",
            "--advertise", "127.0.0.1", "--cycle", "50ms",
        ]
    }

    /// Runs a tracker, its clock ticking every 50 ms, while `body` works with it.
    static func withTracker(_ body: @escaping @Sendable (HandmadeSwarm) async throws -> Void) async throws {
        try await withTracker("--cycle", "50ms") { swarm, tracker in
            try await body(swarm)
            tracker.send(SIGTERM)
        }
    }

    /// Runs a tracker while `body` works with it, and ends it.
    static func withTracker(
        _ options: String..., body: @escaping @Sendable (HandmadeSwarm, Program) async throws -> Void
    ) async throws {
        try await withTracker(options, body: body)
    }

    static func withTracker(
        _ options: [String], body: @escaping @Sendable (HandmadeSwarm, Program) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        _ = try await Turn.swarms.take {
            try await Program.run(Repository.program, ["tracker", "--bind", "tcp://127.0.0.1:*"] + options) { program in
                // The one line of its standard output says where it listens.
                let line = try await program.output.line(containing: "requests")
                let decoder = JSONDecoder()
                decoder.keyDecodingStrategy = .convertFromSnakeCase
                let endpoints = try decoder.decode(Endpoints.self, from: Data(line.utf8))
                try await body(
                    HandmadeSwarm(
                        folder: folder, tracker: endpoints.requests, busSubscribe: endpoints.busSubscribe,
                        busPublish: endpoints.busPublish),
                    program)
            }
        }
    }

    /// Creates a torrent of one-byte chunks.
    /// - Returns: the paths of the file and of the metafile.
    func create(_ text: some Sequence<UInt8>) async throws -> (file: String, metafile: String) {
        let file = try folder.write("text.txt", Array(text))
        let metafile = folder.path("text.torrent")
        _ = try await Program.gotorrent(
            "create", file, "--chunk-size", "1", "--tracker", tracker, "--output", metafile)
        return (file, metafile)
    }

    /// Creates a torrent of a large file.
    /// - Returns: the paths of the file and of the metafile, and the info hash.
    func create(
        _ name: String, _ content: [UInt8], chunkSize: String
    ) async throws -> (file: String, metafile: String, infoHash: String) {
        let file = try folder.write(name, content)
        let metafile = folder.path(name + ".torrent")
        let ending = try await Program.gotorrent(
            "create", file, "--chunk-size", chunkSize, "--tracker", tracker, "--output", metafile)
        return (file, metafile, ending.output.trimmingCharacters(in: .newlines))
    }

    /// Watches the bus while `body` works with the swarm.
    func watchingBus(_ body: @escaping @Sendable (Program) async throws -> Void) async throws {
        _ = try await Program.gotorrent("monitor", busSubscribe, "--json") { monitor in
            try await monitor.output.line(containing: "cycle")
            try await body(monitor)
            monitor.send(SIGTERM)
        }
    }

    /// Seeds a torrent while `body` works with the swarm.
    func seed(
        _ metafile: String, _ file: String, _ options: [String] = [],
        body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let arguments = ["seed", metafile, "--data", file, "--name", "seed"] + nodeOptions + options
        _ = try await Program.run(Repository.program, arguments) { program in
            try await program.errors.line(containing: "listening")
            try await body()
            program.send(SIGTERM)
        }
    }

    /// Gets a torrent into `downloads`.
    func get(
        _ metafile: String, _ options: [String],
        body: @escaping @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Program.Ending {
        let arguments = ["get", metafile, "--output", folder.path("downloads")] + nodeOptions + options
        return try await Program.run(Repository.program, arguments, body: body)
    }
}
