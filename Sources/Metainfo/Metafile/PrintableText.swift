/// What a stranger wrote, made safe to show: no control characters on our terminal, no page full of it.
enum PrintableText {
    /// Characters shown at most.
    static let maximumCount = 80

    static func of(_ text: String) -> String {
        text.unicodeScalars.prefix(maximumCount).map { scalar in
            scalar.isASCII || scalar.properties.generalCategory == .control
                ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }
}
