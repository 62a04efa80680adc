import TestSupport
import Testing

/// The command that the README begins with.
@Suite struct ScriptTests {
    private func runTopology(_ arguments: [String], in folder: TemporaryFolder) async throws -> Program.Ending {
        try await Turn.swarms.take {
            try await Program.run(
                "/usr/bin/env", ["bash", Repository.path("scripts/run-topology.sh")] + arguments, in: folder.path,
                environment: ["GOTORRENT_BINARY": Repository.program])
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func theScriptRunsATopologyFromAnotherFolder() async throws {
        let folder = try TemporaryFolder()
        let ending = try await runTopology(
            [
                Repository.path("topology.yaml"), "--style", "push-pull", "--cycle", "100ms", "--port", "0",
                "--stall-timeout", "300", "--output", "here/run",
            ], in: folder)
        #expect(ending.code == 0, "\(ending.errors)")
        let record = try RunRecord(folder.path("here/run"))
        #expect(record.summary.completed && record.summary.messages.useful == 45)
        #expect(ending.output.contains("5 peers after"))
        #expect(folder.exists("here/run/progress.png"))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func theScriptPassesAFailureOn() async throws {
        let folder = try TemporaryFolder()
        try folder.write("bad.yaml", "gossip: {fanout: 0}\n")
        let ending = try await runTopology(["bad.yaml"], in: folder)
        #expect(ending.code == 2)
        #expect(ending.errors.contains("bad.yaml:1: fanout is 0"))
        #expect(!folder.exists("runs"))
    }
}
