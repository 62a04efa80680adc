/// What a program has written to one of its outputs so far, line by line.
actor Transcript {
    private(set) var lines: [String] = []
    private var isOver = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    /// The program ended, or closed this output, before it wrote what a test waited for.
    struct NoSuchLine: Error, CustomStringConvertible {
        let description: String
    }

    var text: String { lines.map { $0 + "\n" }.joined() }

    /// The first line, written already or to come, that satisfies a condition.
    ///
    /// A cancelled test's programs are ended, which ends every wait here.
    func line(_ what: String, where isWanted: @Sendable (String) -> Bool) async throws -> String {
        var next = 0
        while true {
            while next < lines.count {
                if isWanted(lines[next]) { return lines[next] }
                next += 1
            }
            guard !isOver else { throw NoSuchLine(description: "no line with \(what) in:\n\(text)") }
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    @discardableResult
    func line(containing part: String) async throws -> String {
        try await line("\"\(part)\"") { $0.contains(part) }
    }

    /// Waits until there are so many lines.
    func wait(forLines count: Int) async throws {
        while lines.count < count {
            guard !isOver else { throw NoSuchLine(description: "only \(lines.count) lines in:\n\(text)") }
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    func append(_ line: String) {
        lines.append(line.hasSuffix("\n") ? String(line.dropLast()) : line)
        wake()
    }

    func finish() {
        isOver = true
        wake()
    }

    private func wake() {
        for waiter in waiters { waiter.resume() }
        waiters.removeAll()
    }
}
