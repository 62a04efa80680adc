import GossipCore
import Subprocess

/// Draws a run's figures from its CSV files, by gnuplot.
package struct Figures: Sendable {
    private let directory: RunDirectory
    private let gnuplot: String

    /// - Parameters:
    ///   - directory: With its CSV files written.
    ///   - gnuplot: The program, looked for in PATH.
    package init(_ directory: RunDirectory, gnuplot: String = "gnuplot") {
        self.directory = directory
        self.gnuplot = gnuplot
    }

    /// Writes the scripts `progress.gnuplot` and `messages.gnuplot`, and runs them.
    ///
    /// - Parameters:
    ///   - parameters: For the titles.
    ///   - nodes: In the order of `nodes.csv`.
    ///   - totals: What there is nothing of is not drawn.
    ///   - lastCycle: The last one in the CSV files.
    /// - Throws: `ReportingError`: a script cannot be written, there is no gnuplot, or it fails. The scripts and the
    ///   data stay for another try.
    package func draw(
        parameters: RunParameters, nodes: [RecordedNode], totals: RunTotals, lastCycle: Cycle
    ) async throws(ReportingError) {
        for figure in Figure.allCases {
            let script = FigureScript(
                figure: figure, parameters: parameters, nodes: nodes, totals: totals, lastCycle: lastCycle)
            try OutputFile.write(script.text, to: directory.figure(figure, "gnuplot"))
        }
        for figure in Figure.allCases { try await run(figure) }
    }

    private func run(_ figure: Figure) async throws(ReportingError) {
        let script = "\(figure.rawValue).gnuplot"
        let status: TerminationStatus
        let said: String
        do {
            // The shell changes to the directory, whatever its name is made of; -d passes over the user's own settings.
            let result = try await Subprocess.run(
                .name("sh"),
                arguments: ["-c", "cd \"$1\" && exec \"$2\" -d \"$3\"", "sh", directory.path, gnuplot, script],
                output: .discarded, error: .string(limit: 1 << 20))
            status = result.terminationStatus
            said = result.standardError
        } catch {
            throw ReportingError(.gnuplotFailed, "cannot run \(gnuplot) on \(directory.path)/\(script): \(error)")
        }
        switch status {
        case .exited(0):
            return
        case .exited(126), .exited(127):
            throw ReportingError(.gnuplotMissing, missing)
        case .exited, .signaled:
            let reason = said.split(separator: "\n").suffix(5).joined(separator: "\n")
            throw ReportingError(
                .gnuplotFailed, "gnuplot failed on \(directory.path)/\(script) (\(status)):\n\(reason)")
        }
    }

    private var missing: String {
        """
        there is no \(gnuplot), so there are no figures; everything else is in \(directory.path)
        Install it (Debian, Ubuntu: sudo apt-get install gnuplot-nox; macOS: brew install gnuplot), then:
            cd \(Self.shellQuoted(directory.path)) && gnuplot progress.gnuplot && gnuplot messages.gnuplot
        """
    }

    private static func shellQuoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x2D...0x39).contains(byte) || byte == 0x5F
        }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
