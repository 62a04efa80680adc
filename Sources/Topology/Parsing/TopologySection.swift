import Yams

/// One mapping of a topology, read key by key; what is wrong goes to the collector, and a default stands in for it.
struct TopologySection {
    struct Entry {
        let key: String
        let line: Int
        let node: Node
    }

    /// What messages put before a key: nothing, or such as `peer1's `.
    let prefix: String
    let line: Int
    let entries: [Entry]
    /// Whether it was a mapping, or empty; anything else was reported.
    let isMapping: Bool
    private let issues: IssueCollector

    /// - Parameters:
    ///   - node: The mapping; nil or empty for one without entries.
    ///   - name: What it is called in messages.
    ///   - keys: The keys it may have; nil where they are names.
    init(
        _ node: Node?, name: String, prefix: String = "", line: Int, keys: [String]?, issues: IssueCollector
    ) {
        self.prefix = prefix
        self.line = node?.line ?? line
        self.issues = issues
        guard let node, !node.isEmptyScalar else {
            entries = []
            isMapping = true
            return
        }
        guard case .mapping(let mapping) = node else {
            let shape = keys.map { "a mapping with \(WordList.choice($0))" } ?? "a mapping from names"
            issues.add("\(name) is \(node.kindName); it must be \(shape)", line: node.line)
            entries = []
            isMapping = false
            return
        }
        isMapping = true
        var entries: [Entry] = []
        for (key, value) in mapping {
            for node in [key, value] where node.hasAnchor {
                issues.add("anchors and aliases are not read here; write the value out", line: key.line)
            }
            guard case .scalar(let scalar) = key else {
                issues.add("a key of \(name) is \(key.kindName); it must be a word", line: key.line)
                continue
            }
            if let keys, !keys.contains(scalar.string) {
                let hint = WordList.nearest(to: scalar.string, among: keys).map { "; did you mean \($0)?" }
                let rest = hint ?? "; it has \(keys.joined(separator: ", "))"
                issues.add("\(name) has no key \(InvalidText.shown(scalar.string))\(rest)", line: key.line)
                continue
            }
            entries.append(Entry(key: scalar.string, line: key.line, node: value))
        }
        self.entries = entries
    }

    subscript(key: String) -> Entry? { entries.first { $0.key == key } }

    /// The line where a key stands, or else where the section begins.
    func line(of key: String) -> Int { self[key]?.line ?? line }

    /// The value of a key.
    ///
    /// - Returns: nil where the key is absent, or its value was wrong and so was reported.
    func value<Value>(_ key: String, _ field: Field<Value>) -> Value? {
        guard let entry = self[key] else { return nil }
        guard case .scalar(let scalar) = entry.node, !entry.node.isEmptyScalar else {
            issues.add("\(prefix)\(key) is \(entry.node.kindName); it must be \(field.expects)", line: entry.line)
            return nil
        }
        if field.isNumber, scalar.style != .plain {
            issues.add("\(prefix)\(key) is the text \"\(scalar.string)\"; leave out the quotes", line: entry.line)
            return nil
        }
        do throws(InvalidText) {
            return try field.parse(scalar.string)
        } catch {
            issues.add(error.described(as: prefix + key), line: entry.line)
            return nil
        }
    }
}
