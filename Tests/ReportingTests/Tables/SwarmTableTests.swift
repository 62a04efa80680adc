import GossipCore
import GossipWire
import Testing

@testable import Reporting

@Suite struct SwarmTableTests {
    private func report(
        _ node: String, _ role: NodeRole = .peer, cycle: Cycle = 12, held: UInt32, of chunks: UInt32 = 9,
        bits: String? = nil, _ counts: [UInt64] = [0, 0, 0, 0, 0, 0], torrent: String = "aa"
    ) -> BusMessage {
        var messages = MessageCounts()
        for (field, count) in zip(MessageCounts.fields, counts) { messages[keyPath: field.path] = count }
        return .progress(
            ProgressReport(
                torrent: torrent, node: node, role: role, peerReference: "", cycle: cycle, chunksHeld: held,
                chunkCount: chunks, bitfield: bits, messages: messages, bytesSent: 0, bytesReceived: 0))
    }

    private var board: SwarmBoard {
        let nodes =
            [RecordedNode(name: "seed", role: .seed)] + (1...3).map { RecordedNode(name: "peer\($0)", role: .peer) }
        var board = SwarmBoard(name: "gotorrent", style: .pushPull, intervalMilliseconds: 1000, nodes: nodes)
        board.take(.cycle(CycleTick(cycle: 13, intervalMilliseconds: 1000, startedAt: "")))
        board.take(report("seed", .seed, held: 9, bits: "ff80", [24, 0, 3, 0]))
        board.take(report("peer1", held: 7, bits: "df00", [26, 7, 12, 5]))
        board.take(report("peer2", held: 9, bits: "ff80", [120, 9, 3, 0]))
        return board
    }

    private func text(_ lines: [TextLine]) -> String { lines.map(\.plain).joined(separator: "\n") }

    @Test func theTableOfARun() {
        #expect(
            text(SwarmTable(board).lines(width: 80, height: 24)) == """
                gotorrent  push-pull  cycle 13  Δ 1 s  average 59.2 %  1 of 3 peers complete
                node   role  chunks       held  sent  useful  redundant  missed
                seed   seed  █████████   100 %    24       0          3       0
                peer1  peer  ██·█████·  77.7 %    26       7         12       5
                peer2  peer  █████████   100 %   120       9          3       0
                peer3  peer                                                      no report yet
                """)
    }

    @Test func withoutUnicodeItIsASCII() {
        let text = text(SwarmTable(board, isUnicode: false).lines(width: 80, height: 24))
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.contains("peer1  peer  ##.#####.  77.7 %"))
        #expect(text.contains("interval 1 s"))
    }

    @Test func lateCorruptAndTroubledNodesShowOnceThereAreAny() {
        var board = board
        board.take(report("peer3", cycle: 5, held: 0, bits: "0000", [1, 0, 0, 0, 2, 3]))
        board.take(
            .event(SwarmEvent(kind: .failed, torrent: "aa", node: "peer1", cycle: 13, at: "", reason: "disk full")))
        board.take(.event(SwarmEvent(kind: .left, torrent: "aa", node: "peer2", cycle: 13, at: "")))
        board.take(.event(SwarmEvent(kind: .completed, torrent: "aa", node: "seed", cycle: 13, at: "")))
        let lines = SwarmTable(board).lines(width: 110, height: 24)
        #expect(
            text(lines.suffix(5).map { $0 }) == """
                node   role  chunks       held  sent  useful  redundant  missed  late  corrupt
                seed   seed  █████████   100 %    24       0          3       0     0        0
                peer1  peer  ██·█████·  77.7 %    26       7         12       5     0        0  failed
                peer2  peer  █████████   100 %   120       9          3       0     0        0  left
                peer3  peer  ·········   0.0 %     1       0          0       0     2        3  silent for 8 cycles
                """)
    }

    @Test(arguments: 1...120)
    func noLineIsWiderThanTheWindowButTheHeader(width: Int) {
        for line in SwarmTable(board).lines(width: width, height: 24).dropFirst() where width >= 5 {
            #expect(line.width <= width)
        }
    }

    @Test func whatDoesNotFitIsLeftOutAndTheMapStays() {
        #expect(
            text(SwarmTable(board).lines(width: 36, height: 24).dropFirst(1).map { $0 }) == """
                node   chunks       held  useful
                seed   █████████   100 %       0
                peer1  ██·█████·  77.7 %       7
                peer2  █████████   100 %       9
                peer3
                """)
    }

    @Test func moreNodesThanLinesLeaveTheSeedAndTheLeastCompleteOnes() {
        let nodes =
            [RecordedNode(name: "seed", role: .seed)] + (1...150).map { RecordedNode(name: "p\($0)", role: .peer) }
        var board = SwarmBoard(name: "x", style: .push, intervalMilliseconds: 100, nodes: nodes)
        board.take(report("seed", .seed, held: 100, of: 100))
        for number in 1...150 {
            board.take(
                report("p\(number)", held: number % 50 == 7 ? UInt32(number % 60) : number > 52 ? 100 : 99, of: 100))
        }
        let lines = SwarmTable(board).lines(width: 60, height: 8)
        #expect(
            text(lines) == """
                x  push  cycle 0  Δ 100 ms  average 98.4 %  96 of 150 peers complete
                node  chunks           held  sent  useful  redundant  missed
                seed  █████████████   100 %     0       0          0       0
                p1    ████████████▊  99.0 %     0       0          0       0
                p7    ▉············   7.0 %     0       0          0       0
                p57   ███████▍·····  57.0 %     0       0          0       0
                p107  ██████·······  47.0 %     0       0          0       0
                … and 146 more, 96 complete
                """)
    }

    @Test func aMonitorOrdersWhoeverReports() {
        var board = SwarmBoard()
        #expect(text(SwarmTable(board).lines(width: 80, height: 9)) == "cycle 0\nwaiting for the first report")
        for node in ["peer10", "peer2", "peer1"] { board.take(report(node, held: 0)) }
        board.take(report("zeta", .seed, held: 9))
        #expect(board.entries.map(\.node.name) == ["zeta", "peer1", "peer2", "peer10"])
        board.take(report("peer1", held: 3, torrent: "bbbbbbbbbb"))
        #expect(SwarmTable(board).lines(width: 80, height: 24).last?.plain.hasPrefix("bbbbbb/peer1") == true)
    }

    @Test func hostileReportsHarmNeitherTerminalNorMemory() {
        var board = SwarmBoard()
        board.take(report("a\u{1B}[2J\u{202E}\n" + String(repeating: "x", count: 500), held: 1))
        board.take(report("b", held: 10, of: 9))
        board.take(report("c", held: 0, of: .max, bits: "zz"))
        let lines = SwarmTable(board).lines(width: 80, height: 24)
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.width <= 80 })
        #expect(lines[2].plain.hasPrefix("a?[2J??xxx"))
        for number in 0..<10_100 { board.take(report("n\(number)", held: 0)) }
        #expect(board.entries.count == SwarmBoard.mostEntries)
    }

    @Test func anEmptyFileNeedsNoMap() {
        var board = SwarmBoard()
        board.take(report("a", held: 0, of: 0))
        #expect(
            text(SwarmTable(board).lines(width: 80, height: 24)) == """
                cycle 0  average 100 %  1 of 1 peer complete
                node  role   held  sent  useful  redundant  missed
                a     peer  100 %     0       0          0       0
                """)
    }

    @Test func coloursAreAddedToTheSameText() {
        let line = SwarmTable(board).lines(width: 80, height: 24)[2]
        #expect(
            line.text(isColored: true)
                == "seed   seed  \u{1B}[32m█████████\u{1B}[0m   \u{1B}[32m100 %\u{1B}[0m    24       0          3       0"
        )
        #expect(line.text(isColored: false) == line.plain)
    }
}
