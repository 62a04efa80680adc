import GossipCore

/// The folder that an experiment leaves behind, and where everything lies in it.
package struct ExperimentDirectory: Equatable, Sendable {
    package let path: String

    package var report: String { path + "/report.md" }
    /// The topology that the real runs share.
    package var topology: String { path + "/topology.yaml" }

    /// Where one real run goes, such as `runs/push-01`.
    package func run(_ style: GossipStyle, _ number: Int) -> RunDirectory {
        RunDirectory(path: "\(path)/runs/\(style.rawValue)-\(number < 10 ? "0" : "")\(number)")
    }

    /// Makes the folder where the user wants it.
    ///
    /// - Parameter path: Absent, or a folder with nothing in it.
    /// - Throws: `ReportingError` where there is something already, or it cannot be made.
    package static func create(at path: String) throws(ReportingError) -> ExperimentDirectory {
        let directory = ExperimentDirectory(path: try RunDirectory.makeEmptyFolder(path))
        try RunDirectory.makeFolders("\(directory.path)/data")
        return directory
    }

    /// Writes the tables, and the report that shows them.
    package func write(_ experiment: Experiment) throws(ReportingError) {
        for (name, text) in ExperimentTables(experiment).files { try OutputFile.write(text, to: "\(path)/\(name)") }
        try OutputFile.write(ExperimentReport(experiment).text, to: report)
    }

    /// Draws the figures from the tables, by gnuplot.
    ///
    /// - Throws: `ReportingError`; the scripts and the tables stay for another try.
    package func drawFigures(_ experiment: Experiment, gnuplot: String = "gnuplot") async throws(ReportingError) {
        try await Gnuplot(in: path, program: gnuplot).draw(ExperimentFigures(experiment).scripts)
    }
}
