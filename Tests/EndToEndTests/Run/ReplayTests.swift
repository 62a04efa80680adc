import TestSupport
import Testing

/// `gotorrent run --trace` and `gotorrent replay`, through real processes.
@Suite struct ReplayTests {
    @Test(
        .timeLimit(.patience(minutes: 3)),
        arguments: [("push", "random"), ("pull", "random"), ("push-pull", "random"), ("push-pull", "rarest-first")])
    func arealRunIsReplayedEventByEvent(style: String, selection: String) async throws {
        let folder = try TemporaryFolder()
        let output = folder.path("run")
        let run = try await Turn.swarms.take {
            try await Program.gotorrent(
                "run", Repository.path("topology.yaml"), "--cycle", "60ms", "--port", "0", "--no-figures", "--style",
                style, "--chunk-selection", selection, "--stall-timeout", "1000", "--trace", "--output", output)
        }
        #expect(run.code == 0, "\(run.errors)")
        let nodes = ["seed"] + (1...5).map { "peer\($0)" }
        let traces = nodes.map { "\(output)/traces/\($0).trace" }
        let replay = try await Program.run(Repository.program, ["replay"] + traces)
        #expect(replay.code == 0, "\(replay.errors)")
        let lines = replay.output.split(separator: "\n")
        #expect(lines.count == 6)
        for (trace, line) in zip(traces, lines) {
            #expect(line.hasPrefix("\(trace): ") && line.hasSuffix(" actions, identical"), "\(line)")
        }
        let text = String(decoding: try bytes(traces[3]), as: UTF8.self)
        #expect(text.contains("< storeChunk ") && text.contains("< reportCompletion "))
        #expect(!text.contains("tcp://"), "a trace names no address")

        // The same trace with one decision changed.
        var changed = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = try #require(changed.firstIndex { $0.hasPrefix("< storeChunk ") })
        let recorded = changed[place].dropFirst(2)
        changed[place] = "< dropLink p9"
        try folder.write("changed.trace", changed.joined(separator: "\n"))
        let refused = try await Program.gotorrent("replay", folder.path("changed.trace"), traces[0])
        #expect(refused.code == 1)
        #expect(
            refused.errors
                == "gotorrent: \(folder.path("changed.trace")):\(place + 1): expected dropLink p9, got \(recorded)\n")
        #expect(refused.output.hasPrefix(traces[0]), "the others are replayed all the same")
    }

    @Test(.timeLimit(.patience(minutes: 5))) func whatCannotBeReadIsNamed() async throws {
        let folder = try TemporaryFolder()
        let missing = try await Program.gotorrent("replay", folder.path("missing.trace"))
        #expect(missing.code == 1 && missing.errors.contains("missing.trace: No such file"), "\(missing.errors)")
        try folder.write("long.trace", "gotorrent-trace 1\n" + String(repeating: "x", count: 2 << 20))
        let long = try await Program.gotorrent("replay", folder.path("long.trace"))
        #expect(long.code == 1 && long.errors.contains("long.trace:2: this line is longer than"), "\(long.errors)")
        try folder.write("cut.trace", "gotorrent-trace 1\nnode pe")
        let cut = try await Program.gotorrent("replay", folder.path("cut.trace"))
        #expect(cut.errors.contains("cut.trace:2: the file ends in the middle of this line"), "\(cut.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aTraceThatCannotBeWrittenStopsTheNode() async throws {
        let swarm = try SwarmFolder("GO".utf8, peerCount: 1)
        let metafile = swarm.folder.path("x.torrent")
        let create = try await Program.gotorrent(
            "create", swarm.folder.path("text.txt"), "--chunk-size", "1", "--tracker", "tcp://127.0.0.1:1", "--output",
            metafile)
        #expect(create.code == 0, "\(create.errors)")
        let seed = try await Program.gotorrent(
            "seed", metafile, "--data", swarm.folder.path("text.txt"), "--trace", swarm.folder.path("no/where.trace"))
        #expect(seed.code == 1)
        #expect(
            seed.errors.contains("cannot open \(swarm.folder.path("no/where.trace")): No such file"), "\(seed.errors)")
    }
}
