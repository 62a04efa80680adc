import Yams

/// Where and why a text is no YAML, from the error that Yams throws.
struct YAMLFault {
    let line: Int
    let message: String

    init(_ error: any Error, text: String) {
        guard let error = error as? YamlError else {
            self.init(line: 1, problem: "\(error)")
            return
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            self.init(line: mark.line, problem: problem)
        case .composer(_, let problem, let mark, _):
            self.init(line: mark.line, problem: problem)
        case .reader(let problem, let offset, _, let yaml):
            let before = yaml.prefix(offset ?? 0)
            self.init(line: 1 + before.count { $0.isNewline }, problem: problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(duplicates: duplicates, first: context.mark, text: text)
        case .memory:
            self.init(line: 1, problem: "it is nested more than a thousand deep")
        case .no, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            self.init(line: 1, problem: "\(error)")
        }
    }

    func error(path: String) -> TopologyError {
        TopologyError(.line(path, line), message)
    }

    private init(line: Int, problem: String) {
        self.line = line
        message = "this is not YAML: \(problem); \(Self.advice(on: problem))"
    }

    private static func advice(on problem: String) -> String {
        if problem.contains("cannot start any token") || problem.contains("tab character") {
            return "indent by spaces, not by tabs, and put quotes around a text that begins with a sign"
        }
        if problem.contains("another document") { return "a topology is one document, without --- in its midst" }
        if problem.contains("undefined alias") { return "put quotes around a text that begins with *" }
        if problem.contains("control characters") { return "it must be a text file" }
        if problem.contains("deep") { return "a topology is four deep" }
        return "look for a bracket, a quote, a colon or an indentation that is not right there or just before"
    }

    /// Yams names the key and where it stands first; where it stands again is found by its column.
    private init(duplicates: [String], first: Mark, text: String) {
        let key = duplicates.first ?? ""
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let again = lines.indices.dropFirst(first.line).first { index in
            let line = lines[index]
            let indentation = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indentation + key.count)
            return indentation == first.column - 1 && line.dropFirst(indentation).hasPrefix(key)
                && rest.drop { $0 == " " }.first == ":"
        }
        line = again.map { $0 + 1 } ?? first.line
        let before = again == nil ? "" : " (first on line \(first.line))"
        message = "\(InvalidText.shown(key)) is there twice\(before); each name and each key may be there only once"
    }
}
