/// A scenario file, taken apart.
struct Scenario {
    struct Block {
        var comments: [String]
        var command: String
        var trace: [String]
        /// Where the command stands, counted from 1.
        var line: Int
    }

    var blocks: [Block] = []

    init(_ text: String) {
        var comments: [String] = []
        var isInTrace = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated()
        {
            if line.isEmpty {
                isInTrace = false
            } else if isInTrace {
                blocks[blocks.count - 1].trace.append(line)
            } else if line.hasPrefix("#") {
                comments.append(line)
            } else if line == "----" {
                isInTrace = true
            } else {
                blocks.append(Block(comments: comments, command: line, trace: [], line: index + 1))
                comments = []
            }
        }
    }

    var text: String {
        blocks.map { ($0.comments + [$0.command, "----"] + $0.trace).joined(separator: "\n") + "\n" }
            .joined(separator: "\n")
    }
}
