import TestSupport
import Testing

/// Nodes in another language, written from docs/protocol.md alone.
@Suite(.enabled(Comment(rawValue: Python.absence)) { await Python.hasPyZMQ() }) struct PythonTests {
    @Test(.timeLimit(.patience(minutes: 5))) func aPythonScriptPullsTheWholeFileFromASeed() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let file = try swarm.folder.write("GOTORRENT.txt", "GOTORRENT")
            let metafile = swarm.folder.path("g.torrent")
            _ = try await Program.gotorrent(
                "create", file, "--chunk-size", "1", "--tracker", swarm.tracker, "--output", metafile)
            try await swarm.seed(metafile, file) {
                let ending = try await Python.run(Repository.path("Samples/pull_all.py"), metafile, swarm.busSubscribe)
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(ending.output == "GOTORRENT\n")
            }
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func thePartsWithoutSocketsPassTheirOwnTests() async throws {
        let ending = try await Python.run("-m", "unittest", "discover", "-s", Repository.path("Samples/python"))
        #expect(ending.code == 0, "\(ending.errors)")
        // Python 3.12 fails a run without tests, earlier ones do not.
        #expect(!ending.errors.contains("Ran 0 tests"), "\(ending.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 5)), arguments: ["push", "pull", "push-pull"])
    func twoOfFivePeersMayBeOfAnotherMake(style: String) async throws {
        try await MixedSwarm.run(
            Array("GOTORRENT".utf8), chunkSize: "1", strangers: ["peer2", "peer4"], options: ["--style", style])
    }

    /// The file's metafile is one of BitTorrent's here, whose last chunk is a short one.
    @Test(.timeLimit(.patience(minutes: 5))) func aSeedMayBeOfAnotherMake() async throws {
        try await MixedSwarm.run(
            (0..<150_000).map { UInt8(truncatingIfNeeded: $0 * 7 / 3) }, chunkSize: "16KiB",
            strangers: ["seed", "peer5"], options: ["--style", "push-pull", "--chunk-selection", "rarest-first"])
    }
}
