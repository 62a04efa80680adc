import TestSupport
import Testing

/// A wrong topology stops before anything starts, with the line that is wrong; exit code 2.
@Suite struct BadTopologyTests {
    private static let right = "torrent: {file: text.txt}\nnodes: {seed: {role: seed}, peer1: {}}\n"

    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [
            ("gossip: {fanout: 0}", ":3: fanout is 0; it must be at least 1"),
            ("gossip: {cycle: -1s}", ":3: cycle is -1s; it must not be negative"),
            ("gossip: {cycle: 100h}", ":3: cycle is 100h; it must be at most 1h"),
            ("gossip: {fanuot: 2}", ":3: gossip has no key fanuot; did you mean fanout?"),
            ("tracker: {port: [1]}", ":3: port is a list; it must be a whole number from 0 to 65533"),
            ("tracker: {host: moon}", ":3: tracker's host moon is not among hosts"),
            ("nodes: {}", ":3: nodes is there twice"),
            ("gossip: {fanout: 2", ":4: this is not YAML"),
        ])
    func aWrongLineIsNamed(line: String, complaint: String) async throws {
        try await expectRefusal(of: Self.right + line + "\n", complaint)
    }

    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [
            ("torrent: {file: gone.txt}\nnodes: {seed: {role: seed}, peer1: {}}\n", "gone.txt does not exist"),
            ("torrent: {file: text.txt}\nnodes: {peer1: {}}\n", ":2: no node is a seed"),
            (
                "torrent: {file: text.txt}\nnodes: {seed: {role: seed, port: 7001}, peer1: {port: 7001}}\n",
                "peer1's port 7001 is seed's on the same machine"
            ),
            ("torrent: {file: text.txt}\nnodes: {seed: {role: seed}, a: {}, a: {}}\n", ":2: a is there twice"),
            (
                "torrent: {file: text.txt, chunk-size: 65MiB}\nnodes: {seed: {role: seed}, peer1: {}}\n",
                ":1: chunk-size is 65MiB; it must be at most 64MiB"
            ),
            ("", "there is nothing in it"),
        ])
    func aTopologyThatCannotBeIsRefused(topology: String, complaint: String) async throws {
        try await expectRefusal(of: topology, complaint)
    }

    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [
            (["--fanout", "0"], "--fanout is 0; it must be at least 1"),
            (["--cycle", "soon"], "--cycle is soon"),
            (["--style", "flood"], "--style is flood; it must be push, pull or push-pull"),
        ])
    func aWrongOverrideIsNamed(options: [String], complaint: String) async throws {
        try await expectRefusal(of: Self.right, complaint, options: options)
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aTopologyThatIsNotThereIsNamed() async throws {
        let folder = try TemporaryFolder()
        let ending = try await Program.gotorrent("run", folder.path("none.yaml"), "--output", folder.path("run"))
        #expect(ending.code == 2)
        #expect(ending.errors.contains("none.yaml"))
        #expect(!folder.exists("run"))
    }

    private func expectRefusal(of topology: String, _ complaint: String, options: [String] = []) async throws {
        let folder = try TemporaryFolder()
        try folder.write("text.txt", "GOTORRENT")
        let path = try folder.write("topology.yaml", topology)
        let ending = try await Program.run(
            Repository.program, ["run", path, "--output", folder.path("run")] + options, in: folder.path)
        #expect(ending.code == 2)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains(complaint), "\(ending.errors)")
        if options.isEmpty { #expect(ending.errors.contains(path), "the file is named") }
        // A run directory would mean that something had been started.
        #expect(!folder.exists("run") && !folder.exists("runs"))
    }
}
