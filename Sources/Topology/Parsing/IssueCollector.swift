/// The issues found so far. One reader after the other adds to it, so it is shared; it never leaves a parse.
final class IssueCollector {
    /// The topology's path as the user gave it.
    let path: String
    private var issues: [TopologyIssue] = []

    init(path: String) {
        self.path = path
    }

    func add(_ message: String, line: Int) {
        issues.append(TopologyIssue(.line(path, line), message))
    }

    func add(_ issue: TopologyIssue) {
        issues.append(issue)
    }

    /// Ends the parse where anything was found.
    ///
    /// - Throws: `TopologyError` with every issue in the order of the lines.
    func check() throws(TopologyError) {
        guard !issues.isEmpty else { return }
        let inOrder = issues.enumerated().sorted { left, right in
            (left.element.line ?? 0, left.offset) < (right.element.line ?? 0, right.offset)
        }
        throw TopologyError(issues: inOrder.map(\.element))
    }
}
