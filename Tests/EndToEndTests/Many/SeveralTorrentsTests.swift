import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `seed` and `get` with several torrents.
@Suite struct SeveralTorrentsTests {
    /// A link among metafiles, and one that is not there.
    @Test(.timeLimit(.patience(minutes: 5))) func oneThatFailsDoesNotStopTheOthers() async throws {
        let made = try TemporaryFolder()
        let file = try made.write("linked.bin", LargeContent.bytes(100_000, seed: 99))
        let created = try await Program.gotorrent(
            "create", file, "--tracker", "tcp://127.0.0.1:6969", "--chunk-size", "64KiB", "--output",
            made.path("linked.torrent"))
        let infoHash = created.output.trimmingCharacters(in: .newlines)
        try await HandmadeSwarm.withTracker("--cycle", "50ms", "--metafiles", made.path) { swarm, tracker in
            let torrents = try await ManyTorrents(swarm, count: 2, size: 300_000, chunkSize: "64KiB")
            let link = "\(swarm.tracker)/\(infoHash)"
            let gone = swarm.folder.path("gone.torrent")
            let data = [file] + torrents.names.map { "\(torrents.data)/\($0)" }
            let seeding = try await Program.run(
                Repository.program,
                ["seed", link] + torrents.metafiles + data.flatMap { ["--data", $0] } + swarm.nodeOptions
            ) { seed in
                try await seed.errors.wait(forLines: 3)
                let ending = try await swarm.get(link, torrents.metafiles + [gone, "--stay", "0s"])
                #expect(ending.code == 1)
                #expect(
                    ending.output
                        == (["linked.bin"] + torrents.names).map { "\(torrents.output)/\($0)\n" }.joined())
                #expect(ending.errors.contains("gotorrent: \(gone): cannot open it: "), "\(ending.errors)")
                #expect(ending.errors.hasSuffix("gotorrent: 1 of 4 torrents failed: \(gone)\n"), "\(ending.errors)")
                #expect(torrents.wrongCopies() == [])
                #expect(try bytes("\(torrents.output)/linked.bin") == bytes(file))
                let verified = try await swarm.get(link, torrents.metafiles + ["--verify-only"])
                #expect(verified.code == 0)
                #expect(verified.output.split(separator: "\n").count { $0.contains(": whole; ") } == 3)
                seed.send(SIGTERM)
            }
            #expect(seeding.code == 130, "\(seeding.errors)")
            tracker.send(SIGTERM)
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aSeedServesOnWithoutWhatIsDamaged() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let torrents = try await ManyTorrents(swarm, count: 2, size: 300_000, chunkSize: "64KiB")
            var damaged = try bytes("\(torrents.data)/file1.bin")
            damaged[200_000] ^= 1
            try swarm.folder.write("file1.bin", damaged)
            let arguments = ["seed"] + torrents.metafiles + ["--data", torrents.data] + swarm.nodeOptions
            let seeding = try await Program.run(Repository.program, arguments) { seed in
                try await seed.errors.line(containing: "file1.bin: chunk 3 of 5 is not what the metafile describes")
                let ending = try await swarm.get(torrents.metafiles[1], ["--stay", "0s"])
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(torrents.wrongCopies() == ["file1.bin"])
                seed.send(SIGTERM)
            }
            #expect(seeding.code == 130)
            // With nothing left to serve it ends by itself.
            damaged = try bytes("\(torrents.data)/file2.bin")
            damaged[0] ^= 1
            try swarm.folder.write("file2.bin", damaged)
            let failed = try await Program.run(Repository.program, arguments)
            #expect(failed.code == 1)
            #expect(failed.errors.contains("gotorrent: 2 of 2 torrents failed: "), "\(failed.errors)")
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func whatCannotGoTogetherIsRefused() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.makeFolder("other")
        for (name, text) in [("a", "GOTORRENT"), ("other/a", "TORRENTGO"), ("b", "GOSSIP")] {
            let file = try folder.write(name, text)
            _ = try await Program.gotorrent(
                "create", file, "--tracker", "tcp://127.0.0.1:6969", "--output", file + ".torrent")
        }
        let (a, b) = (folder.path("a.torrent"), folder.path("b.torrent"))
        let get = ["get", "--output", folder.path("out")]
        let refusals: [([String], Int32, String)] = [
            (get + [a, a], 2, "are the same torrent; name one of them"),
            (get + [a, folder.path("other/a.torrent")], 2, "would both be \(folder.path("out"))/a; get them one"),
            (get + [a, b, "--bind", "tcp://*:7000"], 64, "one port for 2 torrents; it must end in :*"),
            (get + [a, b, "--trace", "x"], 64, "--trace is for one torrent; 2 are named"),
            (get + [a, b, "--contact", "tcp://127.0.0.1:1"], 64, "--contact is for one torrent"),
            (get + [a, b, "--name", String(repeating: "n", count: 63)], 64, "is too long for 2 torrents"),
            (get + Array(repeating: a, count: 51), 64, "51 torrents are named; one process has room for 1 to 50"),
            (
                ["seed", a, b, "--data", "x", "--data", "y", "--data", "z"], 64,
                "--data is given 3 times for 2 torrents"
            ),
        ]
        for (arguments, code, complaint) in refusals {
            let ending = try await Program.run(Repository.program, arguments)
            #expect(ending.code == code && ending.errors.contains(complaint), "\(ending.errors)")
        }
        #expect(!folder.exists("out"))
    }
}
