import Foundation
import TestSupport
import Testing

/// `gotorrent experiment`, through the process, with real runs.
@Suite struct ExperimentTests {
    private static let styles = ["push", "pull", "push-pull"]

    @Test(.timeLimit(.patience(minutes: 3))) func realAndSimulatedRunsMeetOnOnePage() async throws {
        let folder = try TemporaryFolder()
        let output = folder.path("experiment")
        let ending = try await Turn.swarms.take {
            try await Program.gotorrent(
                "experiment", Repository.path("topology.yaml"), "--runs", "1", "--simulated-runs", "50", "--cycle",
                "50ms", "--sweep", "fanout=1..3", "--output", output)
        }
        #expect(ending.code == 0, "\(ending.errors)")
        #expect(ending.output == output + "/report.md\n")
        for style in Self.styles {
            #expect(ending.errors.contains("\(style), run 1 of 1: "), "\(ending.errors)")
            let record = try RunRecord("\(output)/runs/\(style)-01")
            #expect(record.summary.style == style && record.summary.completed)
            #expect(record.summary.intervalMs == 50)
            let real = try lines("\(output)/data/\(style)-real.csv")
            #expect(real.count == 1 + record.cycles.count)
            #expect(try lines("\(output)/data/\(style)-simulated.csv").count > 3)
        }
        let cycles = try lines("\(output)/data/cycles.csv")
        #expect(cycles.count == 7)
        #expect(cycles[1].hasPrefix("push,simulated,50,50,"))
        let pull = try #require(try RunRecord("\(output)/runs/pull-01").summary.cycles)
        #expect(cycles[4].hasPrefix("pull,real,1,1,\(pull).0000,0.0000,"))
        let topology = String(decoding: try bytes(output + "/topology.yaml"), as: UTF8.self)
        #expect(topology.contains("cycle: 50ms") && topology.contains("refresh-interval: 100ms"))
        for figure in Self.styles + ["styles", "messages", "sweep-fanout-cycles", "sweep-fanout-redundancy"] {
            #expect(try bytes("\(output)/\(figure).png").starts(with: [0x89] + Array("PNG".utf8)))
            #expect(String(decoding: try bytes("\(output)/\(figure).svg"), as: UTF8.self).contains("</svg>"))
        }
        let report = String(decoding: try bytes(output + "/report.md"), as: UTF8.self)
        let command = "gotorrent experiment \(Repository.path("topology.yaml")) --runs 1 --simulated-runs 50"
        #expect(report.contains(command), "\(report)")
    }

    @Test(.timeLimit(.patience(minutes: 5))) func withoutATopologyAllRunsAreSimulated() async throws {
        let folder = try TemporaryFolder()
        func run(_ output: String, workers: String) async throws -> String {
            let ending = try await Program.gotorrent(
                "experiment", "--simulated-runs", "20", "--no-figures", "--workers", workers, "--view", "full",
                "--fanout", "1", "--sweep", "chunks=1,4", "--output", folder.path(output))
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(!folder.exists(output + "/runs") && !folder.exists(output + "/push.png"))
            return try ["cycles", "messages", "push-simulated", "sweep-chunks-push-pull"]
                .map { String(decoding: try bytes(folder.path("\(output)/data/\($0).csv")), as: UTF8.self) }.joined()
        }
        #expect(try await run("one", workers: "1") == run("two", workers: "2"))
    }

    /// Each is told before anything starts, and leaves the output folder alone.
    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [
            (
                ["--sweep", "fanuot=1..5"],
                "it must vary fanout, peers, chunks, style, chunk-selection, view, peer-choice, loss or delay (fanout?)"
            ),
            (["--sweep", "loss=0,0.1"], "--sweep loss is 0.1; it must be a share in percent"),
            (["--sweep", "delay=0,1s"], "a chunk takes 1s and the cycle 1s"),
            (["--sweep", "view=full,rnig"], "--sweep view is rnig; it must be tracker, full, cyclon, ring, grid, "),
            (["--sweep", "view=random-regular", "--degree", "3", "--peers", "6"], "take the degree 2 or 4, or 6 or 8"),
            (["--sweep", "view=full,ring", "--rewire", "0.2"], "--rewire is for small-world graphs"),
            (["--sweep", "peer-choice=random"], "it must be uniform or least-recently-contacted"),
            (["--view", "ring", "--degree", "6"], "a ring graph of degree 6 needs at least 7 nodes, and there are 6"),
            (["--chunk-selection", "coded", "--sweep", "chunks=9,256"], "coded takes files of at most 255 chunks"),
            (["--degree", "3"], "--degree is for graphs; take --view ring, random-regular, small-world or scale-free"),
            (["--sweep", "fanout"], "it must be PARAMETER=VALUES, such as fanout=1..5"),
            (["--sweep", "fanout=5..1"], "which is empty; a range must go upwards, such as 1..5"),
            (["--sweep", "fanout=0..3"], "--sweep fanout is 0; it must be at least 1"),
            (["--sweep", "fanout=1..x"], "a range must be of two numbers"),
            (["--sweep", "peers="], "--sweep peers is empty; it must be a whole number from 1"),
            (["--sweep", "peers=1..1000"], "a range must have at most 200 values"),
            (["--sweep", "style=push,shove"], "--sweep style is shove; it must be push, pull or push-pull"),
            (["--sweep", "peers=5,1000000000"], "simulate fewer nodes or chunks"),
            (["--fanout", "0"], "--fanout is 0; it must be at least 1"),
            (
                ["--chunk-selection", "rarest"],
                "--chunk-selection is rarest; it must be random, rarest-first, useful, latest-useful, in-order or coded"
            ),
            (["--runs", "3"], "there is no topology to run; name one, or leave --runs out"),
            (["--runs=-1"], "--runs is -1; it must be 0 or more"),
            (["--simulated-runs", "0"], "--simulated-runs is 0; it must be at least 1"),
            (["--peers", "0"], "--peers is 0; it must be from 1"),
            (["--cycle", "1s"], "--cycle is for real runs; name a topology to run"),
            ([Repository.path("topology.yaml"), "--peers", "7"], "add --runs 0, or change the topology"),
            ([Repository.path("topology.yaml"), "--fanout", "0"], "--fanout is 0; it must be at least 1"),
            ([Repository.path("topology.yaml"), "--view", "full"], "add --runs 0, or change the topology"),
            (["nowhere.yaml"], "nowhere.yaml"),
        ] as [([String], String)])
    func whatCannotBeIsSaidWithWhatCan(arguments: [String], message: String) async throws {
        let folder = try TemporaryFolder()
        let ending = try await Program.run(
            Repository.program, ["experiment", "--output", folder.path("out")] + arguments, in: folder.path)
        #expect(ending.code == 2, "\(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
        #expect(ending.output.isEmpty)
        #expect(!folder.exists("out"))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aFolderWithSomethingInItIsRefused() async throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", "x")
        let ending = try await Program.gotorrent("experiment", "--output", folder.path)
        #expect(ending.code == 2)
        #expect(ending.errors.contains("is not empty; give --output a folder that is not there yet"))
        #expect(!folder.exists("report.md"))
    }

    /// The others go on, and the exit code tells.
    @Test(.timeLimit(.patience(minutes: 5))) func realRunsThatFailAreReported() async throws {
        let swarm = try SwarmFolder("GO".utf8, peerCount: 1)
        let taken = try TakenPort()
        try swarm.folder.write(
            "topology.yaml",
            """
            name: swarm
            torrent: {file: text.txt, chunk-size: 1}
            gossip: {cycle: 50ms}
            nodes: {seed: {role: seed}, peer1: {port: \(taken.number)}}

            """)
        let ending = try await Program.gotorrent(
            "experiment", swarm.folder.path("topology.yaml"), "--runs", "1", "--simulated-runs", "5", "--no-figures",
            "--output", swarm.output)
        #expect(ending.code == 1)
        #expect(ending.errors.contains("push, run 1 of 1 failed"), "\(ending.errors)")
        #expect(ending.errors.contains("3 of 3 real runs failed"), "\(ending.errors)")
        #expect(swarm.folder.exists("run/report.md"))
    }

    private func lines(_ path: String) throws -> [Substring] {
        String(decoding: try bytes(path), as: UTF8.self).split(separator: "\n")
    }
}
