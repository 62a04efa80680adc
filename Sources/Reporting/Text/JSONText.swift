/// One JSON value as text, its keys in the order given: the same run writes the same bytes.
indirect enum JSONText {
    case string(String)
    case integer(UInt64)
    /// With so many decimals.
    case number(Double, decimals: Int)
    case bool(Bool)
    case null
    case object([(key: String, value: JSONText)])

    /// The value on several lines, indented by two spaces.
    func text(indentation: String = "") -> String {
        switch self {
        case .string(let text): return Self.quoted(text)
        case .integer(let value): return "\(value)"
        case .number(let value, let decimals):
            let text = NumberText.fixed(value, decimals)
            return text == "nan" ? "null" : text
        case .bool(let value): return value ? "true" : "false"
        case .null: return "null"
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let inner = indentation + "  "
            let lines = members.map { "\(inner)\(Self.quoted($0.key)): \($0.value.text(indentation: inner))" }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
