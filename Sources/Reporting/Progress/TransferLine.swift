/// A transfer as one line of text.
package enum TransferLine {
    /// The bar's columns, in a window that has room for it.
    private static let barWidth = 24
    private static let narrowest = 70
    /// A name takes no more than this, so that the numbers stay in sight.
    private static let nameWidth = 28

    /// The line that is redrawn on a terminal, such as
    /// `big.img  ████████▌───────────────  35.2 %  98.1 MiB/s  0:43 left  5 peers`.
    /// - Parameter width: the window's columns.
    package static func live(_ progress: TransferProgress, width: Int, isUnicode: Bool) -> TextLine {
        var line = TextLine(shortened(progress.name), .strong)
        if progress.kind != .serving {
            if width >= narrowest { line.append("  " + bar(progress, isUnicode: isUnicode)) }
            let percent = NumberText.percent(progress.bytes, of: progress.totalBytes)
            let pad = String(repeating: " ", count: max(0, 6 - percent.count))
            line.append("  " + pad + percent, progress.isWhole ? .good : .plain)
        }
        append(progress, to: &line)
        return line
    }

    /// The line that is written now and then where nothing can be redrawn, such as
    /// `big.img: 35.2 %, 98.1 MiB/s, 0:43 left, 5 peers`.
    package static func plain(_ progress: TransferProgress) -> String {
        var line = TextLine()
        append(progress, to: &line)
        let facts = line.plain.split(separator: "  ").joined(separator: ", ")
        let percent =
            progress.kind == .serving ? "" : NumberText.percent(progress.bytes, of: progress.totalBytes)
        let deed = progress.kind == .hashing ? "hashing " : ""
        let head = TextLine(progress.name).plain + ": " + deed + percent
        return facts.isEmpty ? head : head + (percent.isEmpty ? "" : ", ") + facts
    }

    /// What is said once when everything is there, such as `big.img: complete, 4 GiB in 0:41, 99.8 MiB/s`.
    package static func completion(name: String, bytes: UInt64, seconds: Double) -> String {
        let rate = seconds > 0 ? ", " + NumberText.bytes(UInt64((Double(bytes) / seconds).rounded())) + "/s" : ""
        return TextLine(name).plain + ": complete, \(NumberText.bytes(bytes)) in \(time(seconds))" + rate
    }

    /// Numbers behind the bar, two spaces before each.
    private static func append(_ progress: TransferProgress, to line: inout TextLine) {
        if progress.kind == .serving {
            line.append("  serving")
            if let copies = progress.copiesSent {
                line.append("  \(NumberText.fixed(copies, 2)) copies sent")
            }
        }
        if let rate = progress.bytesPerSecond, !progress.isWhole || progress.kind == .serving {
            line.append("  " + NumberText.bytes(UInt64(max(0, rate.rounded()))) + "/s")
        }
        if let seconds = progress.secondsLeft { line.append("  \(time(seconds)) left") }
        if let peers = progress.peers { line.append("  " + NumberText.count(UInt64(max(0, peers)), "peer")) }
        if let reason = progress.reason { line.append("  \(reason)", .warning) }
    }

    /// Eighths of a column are drawn where the terminal has them.
    private static func bar(_ progress: TransferProgress, isUnicode: Bool) -> String {
        let share = progress.totalBytes == 0 ? 1 : Double(progress.bytes) / Double(progress.totalBytes)
        let eighths = Int((min(1, max(0, share)) * Double(barWidth * 8)).rounded(.down))
        let (full, part) = (eighths / 8, eighths % 8)
        guard isUnicode else {
            return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: barWidth - full) + "]"
        }
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let rest = barWidth - full - (part > 0 ? 1 : 0)
        return String(repeating: "█", count: full) + parts[part] + String(repeating: "─", count: rest)
    }

    /// `0:43`, `12:05`, `3:07:12`; beyond four days it is not worth a number.
    package static func time(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 345_600 else { return "days" }
        let whole = Int(seconds.rounded(.up))
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes, rest) = (whole / 3_600, whole / 60 % 60, whole % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }

    /// A long name loses its middle: its end tells files apart.
    private static func shortened(_ name: String) -> String {
        guard name.count > nameWidth else { return name }
        return name.prefix(nameWidth / 2 - 1) + "…" + name.suffix(nameWidth / 2)
    }
}
