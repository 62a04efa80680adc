import Foundation
import TestSupport
import Testing

/// A node in another language, written from docs/protocol.md alone.
@Suite struct PythonTests {
    /// The python3 that scripts/setup.sh found pyzmq with, or the system's.
    private static let python = ProcessInfo.processInfo.environment["GOTORRENT_PYTHON"] ?? "/usr/bin/python3"

    private static func hasPyZMQ() async -> Bool {
        let ending = try? await Program.run("/usr/bin/env", [python, "-c", "import zmq"])
        return ending?.code == 0
    }

    @Test(
        .enabled("no python3 with pyzmq; scripts/setup.sh --tests installs it") { await hasPyZMQ() },
        .timeLimit(.minutes(5)))
    func aPythonScriptPullsTheWholeFileFromASeed() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let file = try swarm.folder.write("GOTORRENT.txt", "GOTORRENT")
            let metafile = swarm.folder.path("g.torrent")
            _ = try await Program.gotorrent(
                "create", file, "--chunk-size", "1", "--tracker", swarm.tracker, "--output", metafile)
            try await swarm.seed(metafile, file) {
                let ending = try await Program.run(
                    "/usr/bin/env",
                    [Self.python, Repository.path("Samples/pull_all.py"), metafile, swarm.busSubscribe])
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(ending.output == "GOTORRENT\n")
            }
        }
    }
}
