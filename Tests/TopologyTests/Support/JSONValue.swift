import Yams

/// A value of JSON, or of the part of YAML that says the same.
enum JSONValue: Equatable, Decodable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The one document of a text; null where there is none.
    init(yaml: String) throws {
        self = try Yams.compose(yaml: yaml).map(JSONValue.init) ?? .null
    }

    /// A YAML node by the core schema of YAML 1.2: only plain scalars are anything but texts.
    init(_ node: Node) {
        switch node {
        case .scalar(let scalar): self = Self.scalar(scalar)
        case .sequence(let sequence): self = .list(sequence.map(JSONValue.init))
        case .mapping(let mapping):
            let pairs = mapping.map { ($0.key.scalar?.string ?? "?", JSONValue($0.value)) }
            self = .object(Dictionary(pairs) { first, _ in first })
        case .alias: self = .null
        }
    }

    private static func scalar(_ scalar: Node.Scalar) -> JSONValue {
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        switch scalar.string {
        case "true": return .flag(true)
        case "false": return .flag(false)
        case "", "~", "null": return .null
        default: return Double(scalar.string).map { .number($0) } ?? .text(scalar.string)
        }
    }

    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    subscript(index: Int) -> JSONValue? {
        guard case .list(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var texts: [String] {
        guard case .list(let items) = self else { return [] }
        return items.compactMap(\.text)
    }

    /// Whether it is of a type that a schema names.
    func isOf(_ type: String) -> Bool {
        switch (self, type) {
        case (.null, "null"), (.flag, "boolean"), (.number, "number"), (.text, "string"), (.list, "array"),
            (.object, "object"):
            true
        case (.number(let number), "integer"): number == number.rounded()
        default: false
        }
    }
}
