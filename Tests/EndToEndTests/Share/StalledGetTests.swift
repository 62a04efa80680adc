import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A download that gets nowhere, and a tracker that gives out metafiles from a folder.
@Suite struct StalledGetTests {
    @Test(.timeLimit(.patience(minutes: 5))) func aDownloadWithoutASeedSaysWhy() async throws {
        let metafiles = try TemporaryFolder()
        let file = try metafiles.write("text.txt", [UInt8](repeating: 7, count: 100_000))
        let created = try await Program.gotorrent(
            "create", file, "--tracker", "tcp://127.0.0.1:6969", "--chunk-size", "64KiB", "--output",
            metafiles.path("text.torrent"))
        let infoHash = created.output.trimmingCharacters(in: .newlines)
        #expect(infoHash.count == 64)
        try await HandmadeSwarm.withTracker("--cycle", "50ms", "--metafiles", metafiles.path) { swarm, tracker in
            let link = "\(swarm.tracker)/\(infoHash)"
            _ = try await Program.gotorrent("monitor", swarm.busSubscribe, "--json") { monitor in
                try await monitor.output.line(containing: "cycle")
                let ending = try await swarm.get(link, ["--json", "--name", "lonely"]) { program in
                    let line = try await program.output.line(containing: "\"state\": \"stalled\"")
                    #expect(line.contains("\"reason\": \"no peers: nobody else has announced this torrent"), "\(line)")
                    // Once on the bus and in the log.
                    let event = try await monitor.output.line(containing: "\"stalled\"")
                    #expect(BusLine(event)?.event == "stalled" && BusLine(event)?.node == "lonely")
                    try await program.errors.line(containing: "stalled")
                    program.send(SIGTERM)
                }
                #expect(ending.code == 130)
                #expect(ending.errors.split(separator: "\n").count { $0.contains("stalled") } == 1)
                monitor.send(SIGTERM)
            }
            tracker.send(SIGTERM)
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aFolderThatHoldsNoMetafilesStopsTheTracker() async throws {
        let folder = try TemporaryFolder()
        try folder.write("x.torrent", "nonsense")
        for (path, code, complaint) in [
            (folder.path("gone"), Int32(1), "cannot read the folder"), (folder.path, 2, "x.torrent: "),
        ] {
            let ending = try await Program.gotorrent("tracker", "--bind", "tcp://127.0.0.1:*", "--metafiles", path)
            #expect(ending.code == code && ending.errors.contains(complaint), "\(ending.errors)")
            #expect(ending.output.isEmpty)
        }
    }
}
