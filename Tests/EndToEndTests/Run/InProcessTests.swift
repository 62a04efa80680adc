import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs whose nodes are all in one process.
@Suite struct InProcessTests {
    @Test(.timeLimit(.patience(minutes: 5))) func fortyNodesCompleteAndTheirCountersAddUp() async throws {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 39)
        let ending = try await swarm.run("--in-process", "--cycle", "200ms") { program in
            try await program.errors.line(containing: "cycle 2:")
            #if os(Linux)
                #expect(ProcessTable.children(of: program.processIdentifier).isEmpty)
            #endif
        }
        #expect(ending.code == 0, "\(ending.errors)")
        for peer in swarm.peers { #expect(try swarm.copy(of: peer) == Array("GOTORRENT".utf8)) }
        let record = try swarm.record()
        let messages = record.summary.messages
        #expect(record.summary.completed && record.summary.peers == 39)
        // Cycles are kept apart: each chunk counts once at each peer, and nothing that was sent counts twice.
        #expect(messages.useful == 39 * 9 && messages.corrupt == 0)
        #expect(messages.useful + messages.redundant + messages.missed + messages.late <= messages.sent)
        #expect(RunRecord.sum("sent", of: record.nodes) == messages.sent)
        #expect(record.nodes.count == 40 * record.cycles.count)
        #expect(record.events.filter { $0["event"] == "joined" }.count == 40)
        #expect(record.events.last?["event"] == "run-completed")
        for node in ["seed"] + swarm.peers {
            let log = try swarm.log(of: node)
            #expect(log.contains("info \(node): chunks=") && log.contains("listening"), "\(log)")
        }
    }

    /// What is left in the run directory, and how it is written, does not tell where the nodes were.
    @Test(.timeLimit(.patience(minutes: 5)), arguments: ["single", "bulk"])
    func theRecordIsThatOfProcesses(exchange: String) async throws {
        let content = LargeContent.bytes(exchange == "bulk" ? 300_000 : 9, seed: 5)
        var kinds: [[String]] = []
        for options in [["--in-process"], []] {
            let swarm = try SwarmFolder(content, chunkSize: exchange == "bulk" ? "16KiB" : "1")
            let ending = try await swarm.run(["--exchange", exchange, "--trace"] + options)
            #expect(ending.code == 0, "\(ending.errors)")
            for peer in swarm.peers { #expect(try swarm.copy(of: peer) == content) }
            kinds.append(try Self.kind(of: swarm.output))
            if exchange == "single" { #expect(try swarm.record().summary.messages.useful == 45) }
        }
        #expect(kinds[0] == kinds[1])
    }

    /// The files of a run directory and what does not depend on chance in them.
    private static func kind(of output: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: output).sorted()
        let headers = try ["cycles.csv", "nodes.csv", "links.csv", "events.csv"].map {
            try RunRecord.header("\(output)/\($0)")
        }
        let summary = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: output + "/summary.json")))
        let keys = try #require(summary as? [String: Any]).keys.sorted()
        let record = try RunRecord(output)
        let events = Set(record.events.map { "\($0["event"] ?? "") \($0["node"] ?? "")" })
            .filter { !$0.contains("stalled") && !$0.contains("silent") && !$0.contains("back") }.sorted()
        return names + headers + keys + events
    }

    @Test(.timeLimit(.patience(minutes: 5)), arguments: [SIGINT, SIGTERM])
    func anInterruptedRunLeavesInGoodOrder(signal: Int32) async throws {
        let swarm = try SwarmFolder((0..<600).map { UInt8(truncatingIfNeeded: $0 % 26 + 97) }, peerCount: 12)
        let ending = try await swarm.run("--in-process") { program in
            try await program.errors.line(containing: "cycle 2:")
            program.send(signal)
        }
        #expect(ending.code == 130)
        #expect(ending.errors.contains("interrupted"), "\(ending.errors)")
        let record = try swarm.record()
        #expect(!record.summary.completed && record.cycles.count >= 3)
        for node in ["seed"] + swarm.peers { #expect(try !swarm.log(of: node).contains("rror"), "\(node)") }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aNodeThatCannotStartEndsTheRun() async throws {
        let taken = try TakenPort()
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 3)
        let topology = String(decoding: try #require(swarm.folder.read("topology.yaml")), as: UTF8.self)
        try swarm.folder.write(
            "topology.yaml", topology.replacingOccurrences(of: "peer2: {}", with: "peer2: {port: \(taken.number)}"))
        let ending = try await swarm.run("--in-process")
        #expect(ending.code == 1)
        #expect(ending.errors.contains("peer2 ended"), "\(ending.errors)")
        #expect(ending.errors.contains("Address already in use"), "\(ending.errors)")
        #expect(ending.errors.contains("\(swarm.output)/logs/peer2.log"), "\(ending.errors)")
        #expect(try swarm.record().events.last?["event"] == "run-failed")
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aTrackerWhosePortIsTakenEndsTheRun() async throws {
        let taken = try TakenPort()
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 1)
        let ending = try await swarm.run("--in-process", "--port", "\(taken.number)")
        #expect(ending.code == 1)
        #expect(ending.errors.contains("tracker ended"), "\(ending.errors)")
        #expect(ending.errors.contains(":\(taken.number)"), "\(ending.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 5))) func whatDoesNotFitIsRefused() async throws {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 39)
        let ending = try await Turn.swarms.take {
            try await Program.run(
                "/bin/sh",
                [
                    "-c", "ulimit -n 400 && exec \"$0\" \"$@\"", Repository.program, "run",
                    swarm.folder.path("topology.yaml"), "--output", swarm.output, "--no-figures", "--in-process",
                ])
        }
        #expect(ending.code == 1)
        #expect(ending.errors.contains("40 nodes of one process may need"), "\(ending.errors)")
        #expect(ending.errors.contains("and it may have 400"), "\(ending.errors)")
    }

    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [["--security", "curve"], ["--detach"]])
    func whatDoesNotGoWithOneProcessIsRefused(options: [String]) async throws {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 1)
        let ending = try await swarm.run(["--in-process"] + options)
        #expect(ending.code == 2)
        #expect(ending.errors.contains("--in-process"), "\(ending.errors)")
        #expect(!swarm.folder.exists("run"))
    }
}
