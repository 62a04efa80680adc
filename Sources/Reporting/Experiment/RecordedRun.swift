import GossipCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A run that is over, as its `cycles.csv` tells it.
package struct RecordedRun: Equatable, Sendable {
    /// A row of the file.
    package struct Row: Equatable, Sendable {
        package let cycle: Cycle
        package let fraction: Double
        /// Of that cycle alone.
        package let messages: MessageMeans
    }

    /// Its number among the runs of its kind, from 1.
    package let number: Int
    /// From cycle 0 on, one after another; at least one.
    package let rows: [Row]

    /// The cycles that it took, where it completed.
    package var cycles: Cycle { rows[rows.count - 1].cycle }

    /// Whether every peer held every chunk at its end.
    package var isCompleted: Bool { rows[rows.count - 1].fraction == 1 }

    package var messages: MessageMeans { rows.reduce(MessageMeans()) { $0 + $1.messages } }

    /// Reads what a run left.
    /// - Throws: `ReportingError` where the file is not there, or is none that a run writes.
    package static func read(_ directory: RunDirectory, number: Int) throws(ReportingError) -> RecordedRun {
        guard let file = fopen(directory.cycles, "r") else {
            throw SystemFault(errno).error("cannot read", directory.cycles)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&portion, 1, portion.count, file)
            guard count > 0 else { break }
            bytes += portion[..<count]
        }
        guard let run = RecordedRun(String(decoding: bytes, as: UTF8.self), number: number) else {
            throw ReportingError(.file, "\(directory.cycles) is no record of cycles")
        }
        return run
    }

    /// - Parameter text: what `CSVText` writes; nil of anything else.
    init?(_ text: String, number: Int) {
        self.number = number
        guard text.hasPrefix(CSVText.cyclesHeader) else { return nil }
        var rows: [Row] = []
        for line in text.split(separator: "\n").dropFirst() {
            let values = line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
            guard values.count >= 8, values.allSatisfy(\.isFinite), values[0] == Double(rows.count) else { return nil }
            rows.append(
                Row(
                    cycle: Cycle(values[0]), fraction: values[1],
                    messages: MessageMeans(
                        sent: values[3], useful: values[4], redundant: values[5], missed: values[6], late: values[7])))
        }
        guard !rows.isEmpty else { return nil }
        self.rows = rows
    }

    /// The mean of several runs, cycle by cycle: a finished run stays in as it ended, and sends nothing any more.
    static func mean(of runs: [RecordedRun]) -> [Row] {
        let length = runs.map(\.rows.count).max() ?? 0
        return (0..<length).map { cycle in
            let fractions = runs.map { $0.rows[min(cycle, $0.rows.count - 1)].fraction }
            let messages = runs.filter { cycle < $0.rows.count }.reduce(MessageMeans()) { $0 + $1.rows[cycle].messages }
            return Row(
                cycle: Cycle(cycle), fraction: fractions.reduce(0, +) / Double(runs.count),
                messages: messages / Double(runs.count))
        }
    }
}
