/// One thing that keeps a topology from being run.
package struct TopologyIssue: Equatable, Sendable, CustomStringConvertible {
    /// Where it was written.
    package enum Location: Equatable, Sendable {
        /// The file as a whole.
        case file(String)
        /// A line of the file, counted from 1.
        case line(String, Int)
        /// An option of the command line, with its dashes.
        case option(String)
    }

    package let location: Location
    /// What is wrong and what would be right.
    package let message: String

    package init(_ location: Location, _ message: String) {
        self.location = location
        self.message = message
    }

    /// The line in the file, where there is one.
    package var line: Int? {
        guard case .line(_, let line) = location else { return nil }
        return line
    }

    /// Such as `topology.yaml:14: fanout is 0; it must be at least 1`.
    package var description: String {
        switch location {
        case .file(let path): "\(path): \(message)"
        case .line(let path, let line): "\(path):\(line): \(message)"
        case .option: message
        }
    }
}
