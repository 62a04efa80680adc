/// A YAML value whose mappings keep their order, so that the same topology is written as the same bytes.
enum YAMLTree: Equatable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([YAMLTree])
    case mapping([Entry])

    struct Entry: Equatable, Sendable {
        let key: String
        let value: YAMLTree
    }

    static func texts(_ texts: [String]) -> YAMLTree { .list(texts.map { .text($0) }) }

    /// A mapping with more at its end; anything else stays as it is.
    func adding(_ more: YAMLTree) -> YAMLTree {
        guard case .mapping(let entries) = self, case .mapping(let others) = more else { return self }
        return .mapping(entries + others)
    }

    /// One document, in block style.
    func rendered() -> String { lines.joined(separator: "\n") + "\n" }

    private var lines: [String] {
        switch self {
        case .text(let text): [TopologyDescription.quoted(text)]
        case .number(let number): ["\(number)"]
        case .flag(let flag): [flag ? "true" : "false"]
        case .list(let items):
            items.isEmpty
                ? ["[]"]
                : items.flatMap { item in
                    item.lines.enumerated().map { $0.offset == 0 ? "- \($0.element)" : "  \($0.element)" }
                }
        case .mapping(let entries): entries.isEmpty ? ["{}"] : entries.flatMap(Self.lines)
        }
    }

    private static func lines(of entry: Entry) -> [String] {
        let lines = entry.value.lines
        let key = TopologyDescription.quoted(entry.key)
        return entry.value.isBlock ? ["\(key):"] + lines.map { "  \($0)" } : ["\(key): \(lines[0])"]
    }

    private var isBlock: Bool {
        switch self {
        case .text, .number, .flag: false
        case .list(let items): !items.isEmpty
        case .mapping(let entries): !entries.isEmpty
        }
    }
}

extension YAMLTree: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral text: String) { self = .text(text) }

    init(integerLiteral number: Int) { self = .number(number) }

    init(booleanLiteral flag: Bool) { self = .flag(flag) }
}

extension YAMLTree: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral items: YAMLTree...) { self = .list(items) }

    init(dictionaryLiteral entries: (String, YAMLTree)...) {
        self = .mapping(entries.map { Entry(key: $0.0, value: $0.1) })
    }
}
