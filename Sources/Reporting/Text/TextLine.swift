/// One line of text with emphasis, told apart from its colours so that it can be measured, cut and tested.
package struct TextLine: Equatable, Sendable, ExpressibleByStringLiteral {
    package enum Emphasis: Sendable {
        case plain, strong, dim, good, warning, bad

        /// The parameter of ANSI's "select graphic rendition" (ECMA-48, 8.3.117).
        var code: String? {
            switch self {
            case .plain: nil
            case .strong: "1"
            case .dim: "2"
            case .good: "32"
            case .warning: "33"
            case .bad: "31"
            }
        }
    }

    struct Span: Equatable, Sendable {
        var text: String
        var emphasis: Emphasis
    }

    private(set) var spans: [Span] = []

    package init(_ text: String = "", _ emphasis: Emphasis = .plain) {
        append(text, emphasis)
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }

    /// Adds text. Control characters, which a terminal would obey, become `?`.
    package mutating func append(_ text: String, _ emphasis: Emphasis = .plain) {
        guard !text.isEmpty else { return }
        spans.append(Span(text: Self.harmless(text), emphasis: emphasis))
    }

    static func + (left: TextLine, right: TextLine) -> TextLine {
        var sum = left
        sum.spans += right.spans
        return sum
    }

    /// Columns that it takes: one a scalar, as everything here is made of narrow ones.
    package var width: Int { spans.reduce(0) { $0 + $1.text.unicodeScalars.count } }

    /// The line without any emphasis.
    package var plain: String { spans.map(\.text).joined() }

    /// The line as a terminal is sent it.
    ///
    /// - Parameters:
    ///   - isColored: Whether emphasis shows.
    ///   - width: Columns at most; the rest is cut off.
    package func text(isColored: Bool, width: Int = .max) -> String {
        var text = ""
        var room = width
        for span in spans where room > 0 {
            let shown = String(String.UnicodeScalarView(span.text.unicodeScalars.prefix(room)))
            room -= shown.unicodeScalars.count
            if isColored, let code = span.emphasis.code {
                text += "\u{1B}[\(code)m\(shown)\u{1B}[0m"
            } else {
                text += shown
            }
        }
        return text
    }

    private static func harmless(_ text: String) -> String {
        // C0, DEL, C1, and the marks that turn the direction of writing.
        func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isHarmful($0) ? "?" : $0 }))
    }
}
