import GossipCore
import GossipWire

/// The live table: a line on the swarm, then a line a node.
package struct SwarmTable {
    private let board: SwarmBoard
    private let isUnicode: Bool

    /// A node is called silent once its newest report is so many cycles behind the clock.
    private static let silentCycles: Cycle = 3
    private static let widestName = 24
    private static let narrowestMap = 8
    private static let widestMap = 40

    /// - Parameter isUnicode: Whether the terminal shows more than ASCII.
    package init(_ board: SwarmBoard, isUnicode: Bool = true) {
        self.board = board
        self.isUnicode = isUnicode
    }

    /// The table.
    ///
    /// - Parameters:
    ///   - width: Columns at most; columns that do not fit are left out, the least important first.
    ///   - height: Lines at most, at least 4; where there are more nodes, a line says how many are left out.
    package func lines(width: Int, height: Int) -> [TextLine] {
        guard board.hasReports || !board.entries.isEmpty else { return [header, "waiting for the first report"] }
        let room = max(2, height - 2)
        let shown = board.entries.count <= room ? board.entries : selection(room - 1)
        var lines = [header] + table(of: shown, width: width)
        let hidden = board.entries.count - shown.count
        if hidden > 0 {
            let complete = board.entries.count(where: Self.isComplete) - shown.count(where: Self.isComplete)
            lines.append(TextLine("\(isUnicode ? "…" : "...") and \(hidden) more, \(complete) complete", .dim))
        }
        return lines
    }

    private var header: TextLine {
        var line = TextLine()
        if let name = board.name { line.append("\(name)  ", .strong) }
        if let style = board.style { line.append("\(style.rawValue)  ") }
        line.append("cycle \(board.cycle)", .strong)
        if let interval = board.intervalMilliseconds {
            line.append("  \(isUnicode ? "Δ" : "interval") \(NumberText.interval(milliseconds: interval))")
        }
        guard board.hasReports else { return line }
        let chunks = board.peerChunks
        line.append("  average \(NumberText.percent(chunks.held, of: chunks.wanted))", .strong)
        line.append("  \(board.completePeers) of \(NumberText.count(UInt64(board.peers.count), "peer")) complete")
        return line
    }

    private static func isComplete(_ entry: SwarmBoard.Entry) -> Bool { entry.report?.isComplete == true }

    /// The first seeds and the peers that hold least, in the board's order.
    private func selection(_ count: Int) -> [SwarmBoard.Entry] {
        func fraction(_ index: Int) -> Double { board.entries[index].report?.fraction ?? 0 }
        let seeds = board.entries.indices.filter { board.entries[$0].node.role == .seed }.prefix(max(1, count / 4))
        let peers = board.entries.indices.filter { board.entries[$0].node.role == .peer }
            .sorted { (fraction($0), $0) < (fraction($1), $1) }
            .prefix(count - seeds.count)
        return (seeds + peers).sorted().map { board.entries[$0] }
    }

    private func table(of entries: [SwarmBoard.Entry], width: Int) -> [TextLine] {
        let mostChunks = Int(entries.compactMap { $0.report?.chunkCount }.max() ?? 0)
        var layout = ColumnLayout(columns(of: entries, mapWidth: min(mostChunks, Self.narrowestMap)))
        layout.fit(width)
        // The map gets what the others leave: a cell a chunk where that is enough.
        if var column = layout["chunks"] {
            let room = width - layout.width + column.width
            let mapWidth = mostChunks <= room ? mostChunks : min(room, Self.widestMap)
            column.cells = entries.map { map($0, mapWidth) }
            layout["chunks"] = column
        }
        return layout.lines
    }

    private func columns(of entries: [SwarmBoard.Entry], mapWidth: Int) -> [ColumnLayout.Column] {
        typealias Column = ColumnLayout.Column
        func number(
            _ title: String, _ path: KeyPath<MessageCounts, UInt64>, importance: Int,
            emphasis: TextLine.Emphasis = .plain
        ) -> Column {
            let cells = entries.map { entry in
                TextLine(entry.report.map { "\($0.messages[keyPath: path])" } ?? "", emphasis)
            }
            return Column(title: title, isNumber: true, importance: importance, cells: cells)
        }
        var columns = [
            Column(title: "node", importance: 10, cells: entries.map(name)),
            Column(title: "role", importance: 1, cells: entries.map { TextLine($0.node.role.rawValue) }),
        ]
        if mapWidth > 0 {
            columns.append(Column(title: "chunks", importance: 8, cells: entries.map { map($0, mapWidth) }))
        }
        columns += [
            Column(title: "held", isNumber: true, importance: 9, cells: entries.map(fraction)),
            number("sent", \.sent, importance: 4), number("useful", \.useful, importance: 7),
            number("redundant", \.redundant, importance: 6), number("missed", \.missed, importance: 5),
        ]
        let counts = board.messages
        if counts.late > 0 { columns.append(number("late", \.late, importance: 3, emphasis: .warning)) }
        if counts.corrupt > 0 { columns.append(number("corrupt", \.corrupt, importance: 3, emphasis: .bad)) }
        let notes = entries.map(note)
        if notes.contains(where: { $0.width > 0 }) {
            columns.append(Column(title: "", importance: 2, cells: notes))
        }
        return columns
    }

    private func name(_ entry: SwarmBoard.Entry) -> TextLine {
        let prefix = board.hasManyTorrents ? entry.torrent.prefix(6) + "/" : ""
        let name = prefix + entry.node.name
        guard name.unicodeScalars.count > Self.widestName else { return TextLine(name) }
        let cut = String(String.UnicodeScalarView(name.unicodeScalars.prefix(Self.widestName - 1)))
        return TextLine(cut + (isUnicode ? "…" : "~"))
    }

    private func map(_ entry: SwarmBoard.Entry, _ width: Int) -> TextLine {
        guard let report = entry.report, width > 0 else { return TextLine() }
        let map = ChunkMap(chunksHeld: report.chunksHeld, chunkCount: report.chunkCount, bitfield: report.bitfield)
        return TextLine(map.text(width: width, isUnicode: isUnicode), report.isComplete ? .good : .plain)
    }

    private func fraction(_ entry: SwarmBoard.Entry) -> TextLine {
        guard let report = entry.report else { return TextLine() }
        let percent = NumberText.percent(UInt64(report.chunksHeld), of: UInt64(report.chunkCount))
        return TextLine(percent, report.isComplete ? .good : .plain)
    }

    private func note(_ entry: SwarmBoard.Entry) -> TextLine {
        switch entry.status {
        case .failed: return TextLine("failed", .bad)
        case .left: return TextLine("left", .warning)
        // A stall may be over long since; the chunks held tell.
        case .joined, .completed, .stalled, nil: break
        }
        guard let report = entry.report else { return TextLine("no report yet", .dim) }
        let behind = board.cycle > report.cycle ? board.cycle - report.cycle : 0
        return behind > Self.silentCycles ? TextLine("silent for \(behind) cycles", .warning) : TextLine()
    }
}
