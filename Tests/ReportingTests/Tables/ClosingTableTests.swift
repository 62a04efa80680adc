import GossipCore
import GossipWire
import TestSupport
import Testing

@testable import Reporting

@Suite struct ClosingTableTests {
    private func summary(isCompleted: Bool) -> RunSummary {
        var totals = RunTotals()
        totals.messages.sent = 1203
        totals.messages.useful = 45
        totals.messages.redundant = 31
        totals.messages.missed = 12
        totals.bytesSent = 76
        totals.seedBytesSent = 19
        return RunSummary(
            parameters: SampleSwarm(peers: 5, chunks: 9).parameters, isCompleted: isCompleted,
            cycles: isCompleted ? 8 : nil, lastCycle: 42, completePeers: isCompleted ? 5 : 3, totals: totals,
            wallSeconds: 9.06, startedAt: UTCTime(seconds: 0))
    }

    @Test func aRunThatCompleted() throws {
        let folder = try TemporaryFolder()
        let directory = try RunDirectory.create(at: folder.path + "/r")
        let table = ClosingTable(summary(isCompleted: true), directory: directory, hasFigures: true)
        #expect(
            table.lines.map { $0.plain.replacing(folder.path, with: "runs") }.joined(separator: "\n") == """
                gotorrent: push-pull, fanout 2, random selection, 5 peers, 9 chunks, Δ = 1 s

                  complete          5 peers after 8 cycles
                  time              9.1 s
                  messages sent     1,203
                  useful               45
                  redundant            31  40.7 % of the chunks that came
                  missed               12
                  late                  0
                  corrupt               0
                  seed sent         2.11 copies of the file
                  chunk bytes sent  76 bytes
                  figures           runs/r/progress.png, runs/r/messages.png
                  run directory     runs/r
                """)
    }

    @Test func aRunThatDidNotSaysHowFarItCame() throws {
        let folder = try TemporaryFolder()
        let directory = try RunDirectory.create(at: folder.path + "/r")
        let lines = ClosingTable(summary(isCompleted: false), directory: directory, hasFigures: false).lines.map(
            \.plain)
        #expect(lines[2] == "  not complete      3 of 5 peers after 42 cycles")
        #expect(lines[12] == "  figures           none")
    }

    @Test func aLineACycle() throws {
        let swarm = SampleSwarm(peers: 2, chunks: 3)
        var recorder = RunRecorder(nodes: swarm.nodes, chunkCount: 3)
        var records: [CycleRecord] = []
        var board = SwarmBoard(name: "x", style: .push, intervalMilliseconds: 1, nodes: swarm.nodes)
        for cycle: Cycle in 0...3 {
            for report in swarm.reports(cycle) {
                records += recorder.record(report)
                board.take(.progress(report))
            }
        }
        #expect(
            ProgressLine.text(records[3])
                == "cycle 3: average 50.0 %, 0 of 2 complete; sent 6, useful 2, redundant 1, missed 0")
        #expect(
            ProgressLine.text(board)
                == "cycle 0: average 50.0 %, 0 of 2 complete; sent 18, useful 3, redundant 3, missed 0 so far")
    }
}
