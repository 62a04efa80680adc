/// Rates as people write them: `100Mbit/s`, `10MiB/s`, `1Gbit/s`.
package enum RateText {
    private static let advice = "it must be a rate, such as 100Mbit/s or 10MiB/s"
    /// In bits a second.
    private static let bitUnits: [(name: String, bits: UInt64)] = [
        ("bit", 1), ("kbit", 1_000), ("Mbit", 1_000_000), ("Gbit", 1_000_000_000),
    ]

    /// Reads a rate.
    ///
    /// - Parameter text: A number of bits (`bit/s`, `kbit/s`, `Mbit/s`, `Gbit/s`) or of bytes (`B/s`, `MiB/s`, `MB/s` …).
    /// - Returns: Bytes a second, at least 1.
    /// - Throws: `InvalidText` for anything else; it says what would be right.
    package static func parse(_ text: String) throws(InvalidText) -> UInt64 {
        guard text.hasSuffix("/s") else {
            throw InvalidText(text, "it must be a rate and end in /s, such as 100Mbit/s or 10MiB/s")
        }
        let amount = String(text.dropLast(2))
        guard let bytes = try bytes(amount, of: text) else { throw InvalidText(text, advice) }
        guard bytes > 0 else { throw InvalidText(text, "it must be at least 1B/s") }
        return bytes
    }

    private static func bytes(_ amount: String, of text: String) throws(InvalidText) -> UInt64? {
        guard let (number, unitName) = DecimalNumber.split(amount), !unitName.isEmpty else { return nil }
        guard unitName.lowercased().hasSuffix("bit") else { return try? ByteSize.parse(amount) }
        guard let unit = bitUnits.first(where: { $0.name.lowercased() == unitName.lowercased() }) else {
            throw InvalidText(text, "its unit must be \(WordList.choice(bitUnits.map { $0.name + "/s" })), or of bytes")
        }
        // What is left of a byte is dropped: a network is not faster than it was said to be.
        return number.scaled(by: unit.bits).map { $0 / 8 }
    }
}
