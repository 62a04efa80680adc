import Foundation
import TestSupport
import Testing

/// `gotorrent run` with `security: curve`: keys of the run's own, which nobody finds.
@Suite struct SecuredRunTests {
    @Test(.timeLimit(.patience(minutes: 5))) func theClassicRunCompletesAndLeavesNoKeys() async throws {
        let folder = try TemporaryFolder()
        let text = try String(contentsOfFile: Repository.path("topology.yaml"), encoding: .utf8)
        let path = try folder.write(
            "topology.yaml",
            text.replacing("security: none", with: "security: curve")
                .replacing("Samples/GOTORRENT.txt", with: Repository.path("Samples/GOTORRENT.txt")))
        let output = folder.path("run")
        let ending = try await Turn.swarms.take {
            try await Program.gotorrent(
                "run", path, "--cycle", "300ms", "--port", "0", "--stall-timeout", "300", "--no-figures", "--trace",
                "--output", output
            ) { run in
                #if os(Linux)
                    try await run.errors.line(containing: "cycle 1:")
                    Self.checkArguments(ofChildrenOf: run.processIdentifier)
                #endif
            }
        }
        #expect(ending.code == 0, "\(ending.errors)")
        let record = try RunRecord(output)
        #expect(record.summary.completed && record.summary.messages.useful == 45)
        try checkFiles(output)
    }

    #if os(Linux)
        /// Arguments are there for every user of the machine to read.
        private static func checkArguments(ofChildrenOf run: Int32) {
            let children = ProcessTable.children(of: run)
            #expect(children.count == 7)
            for child in children {
                let line = FileManager.default.contents(atPath: "/proc/\(child)/cmdline") ?? Data()
                let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
                #expect(words.contains("--credentials-from-input"))
                #expect(!words.contains { $0.count >= 40 && $0.allSatisfy(\.isHexDigit) })
            }
        }
    #endif

    private func checkFiles(_ output: String) throws {
        let names = try #require(FileManager.default.enumerator(atPath: output)).compactMap { $0 as? String }
        #expect(names.contains("logs/peer1.log") && names.contains("gotorrent.torrent"))
        #expect(names.contains("traces/peer1.trace"))
        for name in names {
            guard let data = FileManager.default.contents(atPath: "\(output)/\(name)") else { continue }
            let text = String(decoding: data, as: UTF8.self)
            #expect(!text.contains("gotorrent-key") && !text.contains("secret "), "\(name)")
        }
        let log = try String(contentsOfFile: "\(output)/logs/peer1.log", encoding: .utf8)
        #expect(log.contains(#/peer_ref=tcp://127\.0\.0\.1:\d+#[0-9a-f]{64} /#))
        let topology = try String(contentsOfFile: "\(output)/topology.yaml", encoding: .utf8)
        #expect(topology.contains("security: curve\n"))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func whoIsAdmittedWatchesAndNobodyElse() async throws {
        let keyring = try await Keyring(["screen": "monitor"], strangers: ["stranger"])
        let swarm = try SwarmFolder("GOTORRENT".utf8)
        let ending = try await swarm.run(
            "--security", "curve", "--admit", keyring.file("screen") + ".pub", "--cycle", "1s"
        ) { run in
            let words = try await run.errors.line(containing: "watch it by: ").split(separator: " ").map(String.init)
            let command = try #require(words.firstIndex(of: "monitor"))
            #expect(words.contains("KEYFILE"))
            let monitor = { @Sendable (name: String) in
                words[command...].map { $0 == "KEYFILE" ? keyring.file(name) : $0 } + ["--json"]
            }
            _ = try await Program.run(Repository.program, monitor("stranger")) { stranger in
                _ = try await Program.run(Repository.program, monitor("screen")) { screen in
                    try await screen.output.line(containing: "progress.")
                    screen.send(SIGINT)
                }
                // It was there before the other.
                #expect(await stranger.output.text.isEmpty)
                stranger.send(SIGINT)
            }
        }
        #expect(ending.code == 0, "\(ending.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 1))) func anOpenRunAdmitsNobodyByKey() async throws {
        let keyring = try await Keyring(["screen": "monitor"])
        let swarm = try SwarmFolder("GOTORRENT".utf8)
        let ending = try await Program.gotorrent(
            "run", swarm.folder.path("topology.yaml"), "--output", swarm.output, "--admit", keyring.list)
        #expect(ending.code == 2)
        #expect(ending.errors.contains("--security curve"), "\(ending.errors)")
    }

    @Test(
        .timeLimit(.patience(minutes: 1)),
        arguments: [
            (["seed", "a", "--data", "b", "--key", "k"], "--allow"),
            (["get", "a", "--output", "b", "--allow", "l"], "--key"),
            (["get", "a", "--output", "b", "--key", "k", "--allow", "l", "--tracker-key", "00"], "64 hex digits"),
            (["tracker", "--tracker-key", String(repeating: "0", count: 64)], "--key"),
            (["monitor", "tcp://127.0.0.1:1", "--key", "k"], "--tracker-key"),
            (["seed", "a", "--data", "b", "--credentials-from-input", "--key", "k"], "stands for all"),
            (["keys", "new", "k", "--role", "king"], "--role"), (["keys", "new", "k", "--name", "a b"], "--name"),
        ])
    func optionsThatCannotBeTogetherAreRefused(arguments: [String], hint: String) async throws {
        let ending = try await Program.run(Repository.program, arguments)
        #expect(ending.code == 64)
        #expect(ending.errors.contains(hint), "\(ending.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 1))) func aKeyThatOthersCanReadIsRefusedBeforeAnythingStarts() async throws {
        let keyring = try await Keyring(["tracker": "tracker"])
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: keyring.file("tracker"))
        let arguments = ["tracker", "--bind", "tcp://127.0.0.1:*"] + keyring.trackerOptions()
        let ending = try await Program.run(Repository.program, arguments)
        #expect(ending.code == 2)
        #expect(ending.errors.contains("mode 0640") && ending.errors.contains("chmod 600"), "\(ending.errors)")
        #expect(ending.output.isEmpty)
        let input = try await Program.gotorrent("tracker", "--credentials-from-input")
        #expect(input.code == 2)
        #expect(input.errors.contains("standard input ended"), "\(input.errors)")
    }
}
