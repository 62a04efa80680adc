/// A value that someone wrote and that cannot be used: what it was, and what would be right.
///
/// A topology's parser and the command line both throw it, and each adds the name that the value has there.
package struct InvalidText: Error, Equatable, Sendable, CustomStringConvertible {
    /// The value as written.
    package let text: String
    /// What would be right, a clause such as `it must be at least 1`.
    package let advice: String

    package init(_ text: String, _ advice: String) {
        self.text = text
        self.advice = advice
    }

    /// The complaint under the name that the value has where it was written.
    ///
    /// - Parameter field: `fanout` in a file, `--fanout` on a command line.
    /// - Returns: Such as `fanout is 0; it must be at least 1`.
    package func described(as field: String) -> String {
        "\(field) is \(Self.shown(text)); \(advice)"
    }

    package var description: String { described(as: "the value") }

    /// A value as a message shows it: short, on one line, and never invisible.
    static func shown(_ text: String) -> String {
        if text.isEmpty { return "empty" }
        let longest = 60
        var shown = ""
        for scalar in text.unicodeScalars.prefix(longest) {
            shown += scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : String(scalar)
        }
        if text.unicodeScalars.count > longest { shown += "…" }
        let isPlain = shown == text && !text.contains(" ")
        return isPlain ? shown : "\"\(shown)\""
    }
}
