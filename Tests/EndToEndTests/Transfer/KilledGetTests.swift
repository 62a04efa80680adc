import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A `get` that is killed in mid-transfer.
@Suite struct KilledGetTests {
    private static let size = 32 << 20

    @Test(.timeLimit(.patience(minutes: 5))) func theNextOneFetchesOnlyTheRest() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let torrent = try await swarm.create(
                "large.bin", LargeContent.bytes(Self.size, seed: 7), chunkSize: "256KiB")
            let limit = ["--download-limit", "8MiB/s"]
            try await swarm.watchingBus { monitor in
                try await swarm.seed(torrent.metafile, torrent.file) {
                    let killed = try await swarm.get(torrent.metafile, ["--name", "first", "--json"] + limit) { get in
                        _ = try await get.output.line("8 MiB") { (TransferLine($0)?.bytes ?? 0) >= 8 << 20 }
                        get.send(SIGKILL)
                    }
                    #expect(killed.signal == SIGKILL)
                    #expect(
                        !swarm.folder.exists("downloads/large.bin") && swarm.folder.exists("downloads/large.bin.part"))
                    let held = try #require(TransferLine.all(of: killed.output).last?.bytes)
                    #expect(held < Self.size)
                    // It serves on until all that it received is reported.
                    let again = try await swarm.get(torrent.metafile, ["--name", "second", "--stay", "500ms"] + limit)
                    #expect(again.code == 0, "\(again.errors)")
                    let reports = BusLine.reports(of: "second", in: await monitor.output.lines)
                    let received = try #require(reports.last?.bytes.received)
                    #expect(received > 0 && received <= Self.size - held, "\(received) bytes after \(held)")
                }
            }
            #expect(try bytes(swarm.folder.path("downloads/large.bin")) == bytes(torrent.file))
        }
    }
}
