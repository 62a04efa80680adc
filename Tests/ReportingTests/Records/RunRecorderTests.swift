import GossipCore
import GossipWire
import TestSupport
import Testing

@testable import Reporting

@Suite struct RunRecorderTests {
    private let nodes = [
        RecordedNode(name: "s", role: .seed), RecordedNode(name: "a", role: .peer),
        RecordedNode(name: "b", role: .peer),
    ]

    private func recorder(chunks: UInt32 = 4) -> RunRecorder {
        RunRecorder(nodes: nodes, chunkCount: chunks, torrent: "aa")
    }

    private func report(
        _ node: String, _ cycle: Cycle, held: UInt32, sent: UInt64 = 0, useful: UInt64 = 0, bytes: UInt64 = 0,
        chunks: UInt32 = 4, torrent: String = "aa", at reference: String = "", sentTo: [String: UInt32]? = nil
    ) -> ProgressReport {
        var messages = MessageCounts()
        messages.sent = sent
        messages.useful = useful
        return ProgressReport(
            torrent: torrent, node: node, role: .peer, peerReference: reference, cycle: cycle, chunksHeld: held,
            chunkCount: chunks, bitfield: nil, messages: messages, bytesSent: bytes, bytesReceived: 0,
            sentTo: sentTo)
    }

    @Test func aCycleIsRecordedWithItsLastReport() {
        var recorder = recorder()
        #expect(recorder.record(report("s", 0, held: 4)) == [])
        #expect(recorder.record(report("b", 0, held: 0)) == [])
        #expect(!recorder.isSettled(0))
        let records = recorder.record(report("a", 0, held: 1))
        #expect(recorder.isSettled(0))
        #expect(records.map(\.cycle) == [0])
        #expect(records[0].averageFraction == 0.125)
        #expect(records[0].completePeers == 0)
        #expect(records[0].nodes.map(\.node) == nodes)
        #expect(records[0].nodes.map(\.chunksHeld) == [4, 1, 0])
    }

    @Test func countsAreOfTheCycleAloneAndOverAllNodes() {
        var recorder = recorder()
        for node in nodes { _ = recorder.record(report(node.name, 0, held: 0, sent: 1)) }
        _ = recorder.record(report("s", 1, held: 4, sent: 3, bytes: 2))
        _ = recorder.record(report("a", 1, held: 1, sent: 2, useful: 1))
        let records = recorder.record(report("b", 1, held: 1, sent: 5, useful: 1))
        #expect(records.count == 1)
        #expect(records[0].messages.sent == 2 + 1 + 4)
        #expect(records[0].messages.useful == 2)
        #expect(records[0].nodes.map(\.messages.sent) == [2, 1, 4])
        #expect(recorder.totals.messages.sent == 10)
        #expect(recorder.totals.seedBytesSent == 2)
        #expect(recorder.totals.seedCopies(fileBytes: 4) == 0.5)
    }

    @Test func linksNameWhomTheyLeadTo() {
        var recorder = recorder()
        _ = recorder.record(report("s", 0, held: 4, at: "tcp://s:1", sentTo: ["tcp://b:1": 1, "tcp://a:1": 2]))
        _ = recorder.record(report("a", 0, held: 0, at: "tcp://a:1"))
        let first = recorder.record(
            report("b", 0, held: 0, at: "tcp://b:1", sentTo: ["tcp://who:9": 1, "tcp://s:1": 3]))
        #expect(
            first.first?.nodes.map { $0.links.map { "\($0.to):\($0.messages)" } } == [
                ["a:2", "b:1"], [], ["s:3", "tcp://who:9:1"],
            ])
        // Node a came back elsewhere, and b's report is lost, which then tells no links twice.
        _ = recorder.record(report("s", 1, held: 4, at: "tcp://s:1", sentTo: ["tcp://a:2": 1, "tcp://a:1": 1]))
        _ = recorder.record(report("a", 1, held: 0, at: "tcp://a:2", sentTo: [:]))
        let second = recorder.finish(through: 1)
        #expect(
            second.first?.nodes.map { $0.links.map { "\($0.to):\($0.messages)" } } == [["a:1", "tcp://a:1:1"], [], []])
    }

    @Test func reportsInAnyOrderGiveTheSameRecords() {
        let swarm = SampleSwarm(peers: 5, chunks: 9)
        let inOrder = (0...12).map { swarm.reports($0) }
        var generator = SeededGenerator(seed: 1)
        var straight = RunRecorder(nodes: swarm.nodes, chunkCount: 9)
        let expected = inOrder.joined().flatMap { straight.record($0) } + straight.finish()
        for _ in 0..<50 {
            // Within a cycle in any order, and now and then after another node's next.
            var reports = inOrder.flatMap { $0.shuffled(using: &generator) }
            for index in stride(from: 3, to: reports.count - 3, by: 2)
            where reports[index].node != reports[index + 1].node {
                reports.swapAt(index, index + 1)
            }
            var recorder = RunRecorder(nodes: swarm.nodes, chunkCount: 9)
            let records = reports.flatMap { recorder.record($0) } + recorder.finish()
            #expect(records == expected)
            #expect(recorder.ignored == RunRecorder.Ignored())
        }
        #expect(expected.map(\.cycle) == Array(0...12))
        #expect(straight.completionCycle == nil)
    }

    @Test func aLostReportCarriesTheLastStateAndItsCountsShowLater() {
        var recorder = recorder()
        for cycle: Cycle in 0...1 { for node in nodes { _ = recorder.record(report(node.name, cycle, held: 0)) } }
        var records: [CycleRecord] = []
        for cycle: Cycle in 2...4 {
            records += recorder.record(report("s", cycle, held: 4))
            if cycle != 2 { records += recorder.record(report("a", cycle, held: 2, sent: cycle)) }
            records += recorder.record(report("b", cycle, held: 1))
        }
        #expect(records.map(\.cycle) == [2, 3, 4])
        #expect(records.map { $0.nodes[1].chunksHeld } == [0, 2, 2])
        #expect(records.map { $0.nodes[1].messages.sent } == [0, 3, 1])
    }

    @Test func aDeadNodeHoldsUpTheRecordsForAFewCyclesOnly() {
        var recorder = recorder()
        var recorded: [Cycle] = []
        for cycle: Cycle in 0...10 {
            for node in ["s", "b"] { recorded += recorder.record(report(node, cycle, held: 4)).map(\.cycle) }
        }
        #expect(recorded == Array(0...6))
        #expect(recorder.finish().map(\.cycle) == [7, 8, 9, 10])
        #expect(recorder.finish() == [])
        #expect(recorder.completionCycle == nil)
        #expect(!recorder.isEveryPeerComplete)
    }

    @Test func aRestartedNodeCountsFromZeroAgain() {
        var recorder = recorder()
        for node in nodes { _ = recorder.record(report(node.name, 0, held: 0, sent: 10, bytes: 10)) }
        _ = recorder.record(report("s", 1, held: 4, sent: 3, bytes: 1))
        _ = recorder.record(report("a", 1, held: 0, sent: 10))
        let records = recorder.record(report("b", 1, held: 0, sent: 12))
        #expect(records[0].nodes.map(\.messages.sent) == [3, 0, 2])
        #expect(recorder.totals.seedBytesSent == 11)
    }

    @Test func strangersDuplicatesAndNonsenseAreCountedAndIgnored() {
        var recorder = recorder()
        _ = recorder.record(report("x", 0, held: 0))
        _ = recorder.record(report("a", 0, held: 0, torrent: "bb"))
        _ = recorder.record(report("a", 0, held: 5))
        _ = recorder.record(report("a", 0, held: 0, chunks: 5))
        _ = recorder.record(report("a", .max, held: 0))
        _ = recorder.record(report("a", 0, held: 1))
        _ = recorder.record(report("a", 0, held: 2))
        _ = recorder.record(report("b", 0, held: 0))
        let records = recorder.record(report("s", 0, held: 4))
        #expect(records[0].nodes.map(\.chunksHeld) == [4, 2, 0])
        _ = recorder.record(report("b", 0, held: 3))
        #expect(
            recorder.ignored == RunRecorder.Ignored(strangers: 2, duplicates: 1, late: 1, implausible: 3))
    }

    @Test func theFirstCycleWithEveryPeerCompleteIsKept() {
        var recorder = recorder()
        for cycle: Cycle in 0...6 {
            for node in nodes {
                #expect(recorder.completionCycle == (cycle > 3 ? 3 : nil))
                // One peer starts over after the swarm was complete; that takes nothing back.
                let held: UInt32 = node.name == "b" && cycle == 5 ? 0 : UInt32(min(4, cycle + 1))
                _ = recorder.record(report(node.name, cycle, held: held))
            }
        }
        #expect(recorder.isEveryPeerComplete)
        #expect(recorder.completionCycle == 3)
    }

    @Test func anEmptyFileIsCompleteAtOnce() {
        var recorder = recorder(chunks: 0)
        var records: [CycleRecord] = []
        for node in nodes { records += recorder.record(report(node.name, 0, held: 0, chunks: 0)) }
        #expect(records[0].averageFraction == 1)
        #expect(records[0].completePeers == 2)
        #expect(recorder.completionCycle == 0)
        #expect(recorder.totals.seedCopies(fileBytes: 0) == 0)
        #expect(CSVText.row(records[0]) == "0,1.000000,2,0,0,0,0,0\n")
    }

    @Test func withoutReportsOfCycleZeroTheStateBeforeItIsAssumed() {
        var recorder = recorder()
        var records: [CycleRecord] = []
        for cycle: Cycle in 1...3 {
            for node in nodes { records += recorder.record(report(node.name, cycle, held: 4)) }
        }
        // What nodes say after the swarm is complete is recorded no more.
        #expect(records.map(\.cycle) == [0, 1])
        #expect(recorder.finish() == [])
        #expect(records[0].nodes.map(\.chunksHeld) == [4, 0, 0])
        #expect(recorder.completionCycle == 1)
    }

    @Test func gainsAreNoticedForWhoeverWaitsForAStall() {
        var recorder = recorder()
        for cycle: Cycle in 0...9 {
            for node in nodes { _ = recorder.record(report(node.name, cycle, held: min(2, UInt32(cycle)))) }
        }
        #expect(recorder.newestCycle == 9)
        #expect(recorder.lastGainCycle == 2)
    }

    @Test func aLongGapIsBridgedRowByRow() {
        var recorder = recorder()
        for node in nodes { _ = recorder.record(report(node.name, 0, held: 1)) }
        var records: [CycleRecord] = []
        for node in nodes { records += recorder.record(report(node.name, 5000, held: 2)) }
        records += recorder.finish()
        #expect(records.map(\.cycle) == Array(1...5000))
        #expect(records[4998].nodes[1].chunksHeld == 1)
        #expect(records[4999].nodes[1].chunksHeld == 2)
    }
}
