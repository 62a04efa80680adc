import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// With `--log-format json` whoever reads standard error needs no other parser.
@Suite struct LogFormatTests {
    private struct Line: Decodable {
        let time: String
        let level: String
        let logger: String
        let message: String
        let metadata: [String: String]
    }

    private static func lines(_ text: String) throws -> [Line] {
        try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func everyLineIsAnObject() async throws {
        try await HandmadeSwarm.withTracker("--cycle", "50ms", "--log-format", "json") { swarm, tracker in
            let (file, metafile) = try await swarm.create("GOTORRENT".utf8)
            try await swarm.seed(metafile, file) {
                let options = ["--name", "peer-7", "--log-format", "json", "--stay", "100ms"]
                let ending = try await swarm.get(metafile, options)
                #expect(ending.code == 0, "\(ending.errors)")
                let lines = try Self.lines(ending.errors)
                #expect(lines.map(\.message) == ["listening", "complete"])
                #expect(lines.allSatisfy { $0.logger == "peer-7" && $0.level == "info" })
                #expect(lines.first?.metadata["chunks"] == "0/9")
                #expect(lines.first?.metadata["node"] == "peer-7")
                // What fails is one, too.
                let failed = try await Program.gotorrent("seed", metafile, "--data", "/nowhere", "--log-format", "json")
                #expect(failed.code == 1)
                let last = try #require(try Self.lines(failed.errors).last)
                #expect(last.level == "critical" && last.message.contains("/nowhere"), "\(failed.errors)")
            }
            tracker.send(SIGTERM)
            let started = try await tracker.errors.line(containing: "tracker is up")
            #expect(try Self.lines(started).first?.logger == "tracker")
        }
    }

    @Test(.timeLimit(.patience(minutes: 5)), arguments: [[], ["--in-process"]])
    func soDoTheNodesOfARun(options: [String]) async throws {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 2)
        let ending = try await swarm.run(options + ["--log-format", "json"])
        #expect(ending.code == 0, "\(ending.errors)")
        for node in ["tracker", "seed", "peer1", "peer2"] {
            let lines = try Self.lines(swarm.log(of: node))
            #expect(lines.allSatisfy { $0.logger == node && $0.level == "info" })
            #expect(lines.first?.message == (node == "tracker" ? "tracker is up" : "listening"))
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func progressIsNoPartOfIt() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("file", String(repeating: "x", count: 1_000_000))
        let arguments = [
            "share", path, "--bind", "tcp://127.0.0.1:*", "--advertise", "127.0.0.1", "--log-format", "json",
        ]
        let ending = try await Program.run(Repository.program, arguments) { share in
            try await share.output.line(containing: "gotorrent get")
            share.send(SIGTERM)
        }
        let lines = try Self.lines(ending.errors)
        #expect(lines.contains { $0.message == "tracker is up" && $0.level == "info" })
        #expect(lines.contains { $0.message.contains("only this machine reaches 127.0.0.1") && $0.level == "notice" })
    }
}
