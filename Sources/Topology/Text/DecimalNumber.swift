/// A number with up to nine decimals, kept exactly: no size or duration is a binary fraction off.
struct DecimalNumber: Equatable, Sendable {
    /// The number times `10^decimals`.
    private let digits: UInt64
    private let decimals: Int

    /// Splits `2.5s` into 2.5 and `s`.
    ///
    /// - Returns: The number and the rest, which is empty or letters; nil where the text is anything else.
    static func split(_ text: String) -> (number: DecimalNumber, unit: String)? {
        let numeral = text.utf8.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
        var unit = text.utf8.dropFirst(numeral.count)
        if unit.first == UInt8(ascii: " ") { unit = unit.dropFirst() }
        guard unit.allSatisfy(isLetter), !(unit.isEmpty && text.hasSuffix(" ")) else { return nil }
        let parts = numeral.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let decimals = parts.count == 2 ? parts[1].count : 0
        guard decimals <= 9, let digits = UInt64(parts.map { String(Substring($0)) }.joined()) else { return nil }
        return (DecimalNumber(digits: digits, decimals: decimals), String(Substring(unit)))
    }

    /// The number in a smaller unit.
    ///
    /// - Returns: nil where that is not a whole number or does not fit.
    func scaled(by factor: UInt64) -> UInt64? {
        let (product, overflow) = digits.multipliedReportingOverflow(by: factor)
        let divisor = (0..<decimals).reduce(into: UInt64(1)) { power, _ in power *= 10 }
        guard !overflow, product % divisor == 0 else { return nil }
        return product / divisor
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
