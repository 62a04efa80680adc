/// Everything that was found wrong with a topology, not only the first of it.
package struct TopologyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// At least one, in the order of the lines.
    package let issues: [TopologyIssue]

    package init(issues: [TopologyIssue]) {
        precondition(!issues.isEmpty, "an error has an issue")
        self.issues = issues
    }

    init(_ location: TopologyIssue.Location, _ message: String) {
        self.init(issues: [TopologyIssue(location, message)])
    }

    /// One line an issue; the first fifty, so that a file that is no topology at all does not flood the terminal.
    package var description: String {
        let shown = 50
        var lines = issues.prefix(shown).map(\.description)
        if issues.count > shown { lines.append("… and \(issues.count - shown) more") }
        return lines.joined(separator: "\n")
    }
}
