import GossipCore
import GossipNode
import Logging
import ProgramSupport
import Reporting

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a `ProgressDisplay` shows: the transfers that are under way, several of them in one line in sum; for programs
/// each by itself.
struct ProgressView {
    private let mode: ProgressDisplay.Mode
    private let label: String?
    private var terminal: LiveTerminal
    private var transfers: [Transfer] = []
    private var sumPace = LinePace()

    init(_ mode: ProgressDisplay.Mode, _ terminal: LiveTerminal, label: String? = nil) {
        self.mode = mode
        self.label = label
        self.terminal = terminal
    }

    mutating func take(_ event: ProgressDisplay.Event) {
        switch event {
        case .line(let line):
            if let label {
                Console.note(LogLine(time: WallClock.now, level: .notice, logger: label, message: line.plain).json)
            } else {
                terminal.print(line)
            }
        case .result(let line):
            // Both outputs may be one terminal: nothing redrawn may stand where the line comes.
            terminal.show([])
            Console.result(line)
            redraw()
        case .hashing(let progress):
            let index = place(of: progress.name)
            transfers[index].note(progress)
            show(index)
        case .hashed(let name):
            transfers.removeAll { $0.key == name }
            redraw()
        case .status(let status):
            // What was hashed before is over.
            transfers.removeAll { $0.key == status.name }
            let index = place(of: status.torrent)
            let wasComplete = transfers[index].isComplete
            transfers[index].note(status)
            if mode == .json {
                Console.result(transfers[index].record(status).jsonLine)
            } else if transfers[index].isComplete, !wasComplete, let line = transfers[index].completionLine {
                if mode == .text { terminal.print(TextLine(line)) }
                redraw()
            } else {
                show(index)
            }
        }
    }

    /// Leaves the last state on the screen.
    mutating func finish() {
        redraw()
        terminal.finish()
    }

    private mutating func place(of key: String) -> Int {
        if let index = transfers.firstIndex(where: { $0.key == key }) { return index }
        transfers.append(Transfer(key: key))
        return transfers.count - 1
    }

    /// Redraws, or writes a line where the last one is long ago.
    private mutating func show(_ index: Int) {
        guard mode == .text else { return }
        if terminal.features.isLive {
            redraw()
        } else if transfers.count > 1 {
            let now = TimePoint.monotonic
            if sumPace.isDue(at: now, since: now), let sum { terminal.print(TextLine(TransferLine.plain(sum))) }
        } else if let line = transfers[index].dueLine() {
            terminal.print(TextLine(line))
        }
    }

    private mutating func redraw() {
        guard mode == .text, terminal.features.isLive else { return }
        let isUnicode = terminal.features.isUnicode
        let line = sum.map { TransferLine.live($0, width: terminal.size.columns, isUnicode: isUnicode) }
        terminal.show(line.map { [$0] } ?? [])
    }

    /// All transfers as one; the one alone as it is.
    private var sum: TransferProgress? {
        let parts = transfers.compactMap(\.progress)
        return parts.count > 1 ? .sum(of: parts) : parts.first
    }
}
