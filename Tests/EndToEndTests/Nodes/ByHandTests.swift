import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tracker, seed and peer started one by one, each as a person would in a terminal of its own.
@Suite struct ByHandTests {
    @Test(.timeLimit(.patience(minutes: 5))) func aTorrentIsCreatedSeededAndFetched() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let file = try swarm.folder.write("GOTORRENT.txt", "GOTORRENT")
            let metafile = swarm.folder.path("g.torrent")
            let creation = try await Program.gotorrent(
                "create", file, "--chunk-size", "1", "--tracker", swarm.tracker, "--output", metafile)
            #expect(creation.code == 0)
            // The info hash does not depend on the tracker.
            #expect(creation.output == "5f74bc599712e22c01ed150f60303fecaf0c75e14d64b534cbc2f8e3b6e9eed2\n")
            try await swarm.seed(metafile, file) {
                let ending = try await swarm.get(metafile, ["--stay", "0s"])
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(ending.output == swarm.folder.path("downloads/GOTORRENT.txt") + "\n")
                #expect(try bytes(swarm.folder.path("downloads/GOTORRENT.txt")) == Array("GOTORRENT".utf8))
            }
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aKilledDownloadGoesOnWithWhatIsValid() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let text = (0..<60).map { UInt8($0 % 26 + 65) }
            let (file, metafile) = try await swarm.create(text)
            let slowly = ["--style", "pull", "--fanout", "1", "--name", "peer1"]
            try await swarm.seed(metafile, file, ["--style", "pull"]) {
                try await Self.killAmidst(swarm, metafile, slowly)
                let part = swarm.folder.path("downloads/text.txt.part")
                var held = try bytes(part)
                let spoilt = try #require(held.indices.first { held[$0] == text[$0] })
                held[spoilt] = UInt8(ascii: "?")
                try Data(held).write(to: URL(fileURLWithPath: part))
                let valid = held.indices.count { held[$0] == text[$0] }
                #expect((1..<60).contains(valid))

                let ending = try await swarm.get(metafile, slowly + ["--stay", "0s"])
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(ending.errors.contains("chunks=\(valid)/60"), "\(ending.errors)")
                #expect(try bytes(swarm.folder.path("downloads/text.txt")) == text)
                #expect(!swarm.folder.exists("downloads/text.txt.part"))

                // Run once more, it finds everything there.
                let again = try await swarm.get(metafile, slowly + ["--stay", "0s"])
                #expect(again.code == 0 && again.errors.contains("chunks=60/60"), "\(again.errors)")
            }
        }
    }

    /// Downloads until the bus tells of some chunks held, and kills the node then.
    private static func killAmidst(_ swarm: HandmadeSwarm, _ metafile: String, _ options: [String]) async throws {
        _ = try await Program.gotorrent("monitor", swarm.busSubscribe, "--json") { monitor in
            try await monitor.output.line(containing: "cycle")
            let ending = try await swarm.get(metafile, options) { program in
                _ = try await monitor.output.line("some chunks held") { line in
                    BusLine(line)?.node == "peer1" && (BusLine(line)?.chunksHeld ?? 0) >= 4
                }
                program.send(SIGKILL)
            }
            #expect(ending.signal == SIGKILL)
            monitor.send(SIGTERM)
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aFileThatIsInTheWayIsLeftAlone() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let (_, metafile) = try await swarm.create("GOTORRENT".utf8)
            try FileManager.default.createDirectory(
                atPath: swarm.folder.path("downloads"), withIntermediateDirectories: true)
            try swarm.folder.write("downloads/text.txt", "GOTTORENT")
            let ending = try await swarm.get(metafile, [])
            #expect(ending.code == 1)
            #expect(ending.errors.contains("text.txt is there and is another file"), "\(ending.errors)")
            #expect(try bytes(swarm.folder.path("downloads/text.txt")) == Array("GOTTORENT".utf8))
        }
    }
}
