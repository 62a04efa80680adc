/// Spans of time as people write them: `100ms`, `1s`, `2.5s`, `1m`, `1h`.
package enum DurationText {
    /// Units in milliseconds, the finest step there is.
    private static let units: [(name: String, milliseconds: UInt64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads a span of time.
    ///
    /// - Parameter text: A number and a unit: `ms`, `s`, `m` or `h`.
    /// - Returns: A whole number of milliseconds.
    /// - Throws: `InvalidText` for anything else; it says what would be right.
    package static func parse(_ text: String) throws(InvalidText) -> Duration {
        guard let (number, unitName) = DecimalNumber.split(text) else {
            let isNegative = text.hasPrefix("-")
            throw InvalidText(
                text, isNegative ? "it must not be negative" : "it must be a duration, such as 100ms, 2.5s, 1m or 1h")
        }
        guard !unitName.isEmpty else {
            throw InvalidText(text, "it must have a unit: \(text)ms, \(text)s, \(text)m or \(text)h")
        }
        guard let unit = units.first(where: { $0.name == unitName }) else {
            throw InvalidText(text, "its unit must be \(WordList.choice(units.reversed().map(\.name)))")
        }
        guard let milliseconds = number.scaled(by: unit.milliseconds) else {
            throw InvalidText(text, "it must be a whole number of milliseconds")
        }
        guard milliseconds <= 1 << 53 else { throw InvalidText(text, "that is longer than anything here can wait") }
        return .milliseconds(Int64(milliseconds))
    }

    /// A span of time as `parse` reads it back: `100ms`, `2.5s`, `1m`.
    ///
    /// - Parameter duration: Not negative; what is finer than a millisecond is dropped.
    package static func format(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        for unit in units.prefix(2) where milliseconds > 0 && milliseconds % unit.milliseconds == 0 {
            return "\(milliseconds / unit.milliseconds)\(unit.name)"
        }
        let thousandths = milliseconds % 1000
        guard milliseconds >= 1000 else { return "\(milliseconds)ms" }
        guard thousandths > 0 else { return "\(milliseconds / 1000)s" }
        var decimals = String(1000 + thousandths).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        return "\(milliseconds / 1000).\(decimals)s"
    }
}

extension Duration {
    /// Whole milliseconds, 0 where the duration is negative.
    package var wholeMilliseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(seconds) * 1000 + UInt64(attoseconds / 1_000_000_000_000_000)
    }
}
