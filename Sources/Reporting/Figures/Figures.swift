import GossipCore

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
        let scripts = Figure.allCases.map { figure in
            FigureScript(figure: figure, parameters: parameters, nodes: nodes, totals: totals, lastCycle: lastCycle)
                .script
        }
        try await Gnuplot(in: directory.path, program: gnuplot).draw(scripts)
    }
}
