/// What one kind of value must look like, wherever it is written: in a topology or on the command line.
package struct Field<Value: Sendable>: Sendable {
    /// What is right, such as `a whole number from 1 to 65535`.
    package let expects: String
    /// Whether quotes around the value make it something else in YAML.
    let isNumber: Bool
    private let read: @Sendable (String) throws(InvalidText) -> Value

    init(
        expects: String, isNumber: Bool = false, read: @escaping @Sendable (String) throws(InvalidText) -> Value
    ) {
        self.expects = expects
        self.isNumber = isNumber
        self.read = read
    }

    /// The value that a text stands for.
    ///
    /// - Throws: `InvalidText`, which says what would be right.
    package func parse(_ text: String) throws(InvalidText) -> Value {
        try read(text)
    }
}

extension Field where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words that stand for the cases of `Value`.
    static func choice() -> Field<Value> {
        let words = Value.allCases.map(\.rawValue)
        return Field(expects: WordList.choice(words)) { text throws(InvalidText) in
            if let value = Value(rawValue: text) { return value }
            let hint = WordList.nearest(to: text, among: words).map { " (\($0)?)" } ?? ""
            throw InvalidText(text, "it must be \(WordList.choice(words))\(hint)")
        }
    }
}

extension Field where Value: FixedWidthInteger {
    /// A whole number within bounds.
    static func integer(_ range: ClosedRange<Value>) -> Field<Value> {
        let expects = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return Field(expects: expects, isNumber: true) { text throws(InvalidText) in
            let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
            guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw InvalidText(text, "it must be \(expects)")
            }
            // What does not fit the type is beyond the bound on its side.
            guard let value = Value(text) else {
                throw InvalidText(text, text.hasPrefix("-") ? atLeast(range) : atMost(range))
            }
            if value < range.lowerBound { throw InvalidText(text, atLeast(range)) }
            if value > range.upperBound { throw InvalidText(text, atMost(range)) }
            return value
        }
    }

    private static func atLeast(_ range: ClosedRange<Value>) -> String { "it must be at least \(range.lowerBound)" }

    private static func atMost(_ range: ClosedRange<Value>) -> String { "it must be at most \(range.upperBound)" }
}

extension Field where Value == Duration {
    /// A duration within bounds.
    static func duration(_ range: ClosedRange<Duration>) -> Field<Duration> {
        let low = DurationText.format(range.lowerBound)
        let high = DurationText.format(range.upperBound)
        return Field(expects: "a duration from \(low) to \(high)") { text throws(InvalidText) in
            let duration = try DurationText.parse(text)
            if duration < range.lowerBound { throw InvalidText(text, "it must be at least \(low)") }
            if duration > range.upperBound { throw InvalidText(text, "it must be at most \(high)") }
            return duration
        }
    }
}

extension Field where Value == UInt64 {
    /// A number of bytes within bounds.
    static func byteSize(_ range: ClosedRange<UInt64>) -> Field<UInt64> {
        let low = ByteSize.format(range.lowerBound)
        let high = ByteSize.format(range.upperBound)
        return Field(expects: "a size from \(low) byte to \(high)") { text throws(InvalidText) in
            let bytes = try ByteSize.parse(text)
            if bytes < range.lowerBound { throw InvalidText(text, "it must be at least \(low)") }
            if bytes > range.upperBound { throw InvalidText(text, "it must be at most \(high)") }
            return bytes
        }
    }
}

extension Field where Value == String {
    /// A text that satisfies a rule.
    static func text(_ expects: String, where isRight: @escaping @Sendable (String) -> Bool) -> Field<String> {
        Field(expects: expects) { text throws(InvalidText) in
            guard isRight(text) else { throw InvalidText(text, "it must be \(expects)") }
            return text
        }
    }
}
