/// Shares as people write them: `5%`, `0.5 %`, `0`.
package enum PercentText {
    /// Reads a share.
    ///
    /// - Parameters:
    ///   - text: A number of percent with at most one decimal; nothing needs no sign.
    ///   - most: The greatest that is allowed, in thousandths.
    /// - Returns: Thousandths.
    /// - Throws: `InvalidText` for anything else; it says what would be right.
    package static func parse(_ text: String, upTo most: UInt64 = 1_000) throws(InvalidText) -> Int {
        let advice = "it must be a share in percent with at most one decimal, such as 5% or 0.5%"
        if text == "0" { return 0 }
        guard text.hasSuffix("%") else { throw InvalidText(text, advice) }
        let amount = text.dropLast(text.hasSuffix(" %") ? 2 : 1)
        guard let (number, unit) = DecimalNumber.split(String(amount)), unit.isEmpty,
            let permille = number.scaled(by: 10)
        else { throw InvalidText(text, advice) }
        guard permille <= most else { throw InvalidText(text, "it must be from 0% to \(format(Int(most)))%") }
        return Int(permille)
    }

    /// Thousandths in percent, without the sign.
    package static func format(_ permille: Int) -> String {
        permille % 10 == 0 ? "\(permille / 10)" : "\(permille / 10).\(permille % 10)"
    }
}
