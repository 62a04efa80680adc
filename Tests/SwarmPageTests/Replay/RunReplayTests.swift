import GossipCore
import GossipTrace
import Testing

@testable import SwarmPage

@Suite struct RunReplayTests {
    private static let header = "cycle,node,role,chunks_held,fraction,sent,useful,redundant,missed,late\n"
    private static let nodes =
        header + """
            0,seed,seed,4,1,0,0,0,0,0
            0,peer1,peer,0,0,0,0,0,0,0
            1,seed,seed,4,1,2,0,0,0,0
            1,peer1,peer,1,0.25,1,1,0,2,0
            2,seed,seed,4,1,2,0,1,0,0
            2,peer1,peer,4,1,1,3,1,0,0

            """

    private func run(
        nodes: String = nodes, summary: String? = "{\"name\": \"lab\", \"chunks\": 4, \"interval_ms\": 250}",
        links: String? = nil, events: String? = nil, traces: [TraceHoldings] = []
    ) throws -> RecordedRun {
        try RecordedRun(
            summary: summary.map { Array($0.utf8) }, nodes: Array(nodes.utf8), links: links.map { Array($0.utf8) },
            events: events.map { Array($0.utf8) }, traces: traces)
    }

    @Test func aFrameIsWhatTheTablesSayOfItsCycle() throws {
        var replay = RunReplay(try run())
        let frame = replay.frame(after: 1)
        #expect(frame.name == "lab")
        #expect(frame.replay == ReplayPart(first: 0, last: 2, cycle: 1))
        #expect(frame.nodes.name == ["seed", "peer1"])
        #expect(frame.nodes.held == [4, 1])
        #expect(frame.series.average == [0, 0.25])
        #expect(frame.series.missed == [0, 2])
        #expect(frame.clock.intervalMilliseconds == 250)
        #expect(frame.clock.holdover == 0)
        let last = replay.frame(after: 2)
        #expect(last.series.useful == [0, 1, 3])
        #expect(last.totals.useful == 4)
        #expect(last.nodes.state == [.seed, .complete])
    }

    @Test func goingBackShowsTheSameAsGoingThereFirst() throws {
        var rows = Self.header
        for cycle in 0...200 { rows += "\(cycle),seed,seed,400,1,0,0,0,0,0\n\(cycle),a,peer,\(cycle),0,1,1,0,0,0\n" }
        let run = try run(nodes: rows, summary: nil)
        var forward = RunReplay(run)
        let frames = (0...200).map { forward.frame(after: UInt64($0)) }
        var jumping = RunReplay(run)
        for cycle in [200, 3, 150, 149, 0, 64, 63, 200, 1] {
            let frame = jumping.frame(after: UInt64(cycle))
            #expect(frame == frames[cycle])
        }
        let beyond = jumping.frame(after: 5_000)
        #expect(beyond == frames[200])
    }

    @Test func arrowsAreTheLinksOfTheCycle() throws {
        var replay = RunReplay(
            try run(links: "cycle,from,to,messages\n1,seed,peer1,2\n2,peer1,seed,1\n2,peer1,tcp://gone:1,1\n"))
        let before = replay.frame(after: 0).links
        #expect(before.names == ["seed", "peer1"] && before.from == [])
        let first = replay.frame(after: 1).links
        #expect((first.from, first.to) == ([0], [1]) && first.count == [2])
        let second = replay.frame(after: 2).links
        #expect((second.from, second.to) == ([1], [0]) && second.count == [1])
        var silent = RunReplay(try run(links: "cycle,from,to,messages\n"))
        #expect(silent.frame(after: 1).links == LinksPart())
    }

    @Test(arguments: ["1,seed,peer1\n", "1,who,peer1,1\n", "1,seed,peer1,many\n"])
    func aLinkThatIsNoneIsRefusedWithItsRow(_ row: String) {
        let error = #expect(throws: RunFault.self) { try run(links: "cycle,from,to,messages\n" + row) }
        #expect(error?.description.hasPrefix("links.csv:2: ") == true)
    }

    @Test func eventsComeWithTheirCycle() throws {
        let events =
            "cycle,seconds,node,event,detail,torrent\n0,0.1,peer1,joined,,ab\n"
            + "1,1.5,peer1,stalled,\"nobody has \"\"chunk\"\" 2, yet\",ab\n2,2.0,,run-completed,,\n"
        var replay = RunReplay(try run(events: events))
        let first = replay.frame(after: 0)
        #expect(first.events.map(\.event) == ["joined"])
        let stalled = replay.frame(after: 1).events.last
        #expect(stalled?.detail == "nobody has \"chunk\" 2, yet")
        let last = replay.frame(after: 2)
        #expect(last.events.map(\.event) == ["joined", "stalled", "run-completed"])
        let again = replay.frame(after: 0)
        #expect(again == first)
    }

    @Test func tracesTellWhichChunksWereHeld() throws {
        let text = """
            gotorrent-trace 1
            node peer1
            chunks 4
            style pull
            fanout 2
            chunk-selection random
            separation strict
            peer-choice uniform
            peer-sampling tracker
            own p0
            hold-queue-limit 1024
            verification-limit 1024
            peer-limit 65536
            digest-limit 50
            missed-cycles-limit 3
            exchange -
            random-seed 1
            held -
            > cycleStarted 1
            < reportProgress 0 -
            > cycleStarted 2
            < reportProgress 1 2 sent=1
            < send pull 2 0 p2
            """
        var lines = text.split(separator: "\n").map(String.init)[...]
        let trace = try TraceHoldings(limit: 1_000) { () throws(TraceError) in lines.popFirst() }
        var replay = RunReplay(try run(traces: [trace]))
        let map = replay.frame(after: 1).map
        #expect(map.rows.map(\.cells) == ["9999", "0090"])
        #expect(map.copies == [1, 1, 2, 1])
        lines = text.split(separator: "\n").map(String.init)[...]
        #expect(throws: TraceError.self) {
            try TraceHoldings(limit: 1) { () throws(TraceError) in lines.popFirst() }
        }
    }

    @Test(arguments: [
        ("", "nodes.csv has no row"), ("a,b\n", "nodes.csv:1: the header must be"),
        (header, "nodes.csv has no row"), (header + "x,seed,seed,4,1,0,0,0,0,0\n", "nodes.csv:2"),
        (header + "0,seed,king,4,1,0,0,0,0,0\n", "nodes.csv:2"),
        (header + "0,seed,seed,4,1,0,0,-1,0,0\n", "nodes.csv:2"),
        (header + "0,a,peer,4,1,0,0,0,0,0\n9000000,a,peer,4,1,0,0,0,0,0\n", "cycles from 0 to 9000000"),
    ]) func aTableThatIsNoneIsRefusedWithItsRow(_ nodes: String, _ expected: String) throws {
        let error = #expect(throws: RunFault.self) { try run(nodes: nodes) }
        #expect(error?.description.contains(expected) == true)
    }

    @Test func ofARowThatWasHalfWrittenNothingIsTaken() throws {
        var replay = RunReplay(try run(nodes: Self.nodes + "3,seed,se"))
        let frame = replay.frame(after: 99)
        #expect(frame.replay?.cycle == 2)
    }
}
