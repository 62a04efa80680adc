import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A peer that comes when another one has everything.
@Suite struct LateJoinerTests {
    private static let size = 8 << 20

    /// Both uplinks are limited alike, so that each has the time to take its part: at least a quarter.
    @Test(.timeLimit(.patience(minutes: 5))) func bothTheSeedAndThePeerServeIt() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let torrent = try await swarm.create(
                "large.bin", LargeContent.bytes(Self.size, seed: 6), chunkSize: "64KiB")
            let limit = ["--upload-limit", "4MiB/s"]
            try await swarm.watchingBus { monitor in
                try await swarm.seed(torrent.metafile, torrent.file, limit) {
                    _ = try await swarm.get(torrent.metafile, ["--name", "early", "--stay", "forever"] + limit) {
                        early in
                        try await early.errors.line(containing: "complete")
                        let before = try await Self.sent(monitor)
                        let late = try await Program.run(
                            Repository.program,
                            ["get", torrent.metafile, "--output", swarm.folder.path("late"), "--name", "late"]
                                + ["--stay", "0s"] + swarm.nodeOptions)
                        #expect(late.code == 0, "\(late.errors)")
                        let after = try await Self.sent(monitor)
                        let (seed, peer) = (after.seed - before.seed, after.early - before.early)
                        #expect(seed >= Self.size / 4 && peer >= Self.size / 4, "seed \(seed), peer \(peer)")
                        // Nothing to speak of came twice.
                        #expect(
                            seed + peer >= Self.size && seed + peer < Self.size * 21 / 20, "seed \(seed), peer \(peer)")
                        early.send(SIGTERM)
                    }
                }
            }
            #expect(try bytes(swarm.folder.path("late/large.bin")) == bytes(torrent.file))
        }
    }

    /// What each has sent by two cycles from now.
    private static func sent(_ monitor: Program) async throws -> (seed: Int, early: Int) {
        let now = BusLine.reports(of: "seed", in: await monitor.output.lines).last?.cycle ?? 0
        var sent: [Int] = []
        for node in ["seed", "early"] {
            let line = try await monitor.output.line("a report of \(node)") { line in
                BusLine.reports(of: node, in: [line]).first.map { $0.cycle >= now + 2 } ?? false
            }
            sent.append(BusLine.reports(of: node, in: [line]).first?.bytes.sent ?? 0)
        }
        return (sent[0], sent[1])
    }
}
