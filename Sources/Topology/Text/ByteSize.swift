/// Numbers of bytes as people write them: `1`, `256KiB`, `1MiB`, `1.5GiB`, `10MB`.
package enum ByteSize {
    /// Binary units first, so that a size is written back in them.
    private static let units: [(name: String, bytes: UInt64)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("GB", 1_000_000_000), ("MB", 1_000_000),
        ("KB", 1000), ("B", 1),
    ]

    private static let advice = "it must be a number of bytes, such as 1, 256KiB, 1MiB or 10MB"

    /// Reads a size.
    ///
    /// - Parameter text: A number, with or without a unit (`B`, `KiB`, `MiB`, `GiB`, `KB`, `MB`, `GB` in any case).
    /// - Returns: Bytes.
    /// - Throws: `InvalidText` for anything else, and for what is no whole number of bytes or exceeds 64 bits.
    package static func parse(_ text: String) throws(InvalidText) -> UInt64 {
        guard let (number, unitName) = DecimalNumber.split(text) else { throw InvalidText(text, advice) }
        if unitName.isEmpty {
            if let bytes = number.scaled(by: 1) { return bytes }
            throw InvalidText(text, "it must be a whole number of bytes")
        }
        guard let unit = units.first(where: { $0.name.lowercased() == unitName.lowercased() }) else {
            throw InvalidText(text, "its unit must be \(WordList.choice(units.reversed().map(\.name)))")
        }
        guard let bytes = number.scaled(by: unit.bytes) else {
            throw InvalidText(text, "it must be a whole number of bytes below 16 EiB")
        }
        return bytes
    }

    /// A size exactly, in the largest binary unit that it is a whole number of.
    package static func format(_ bytes: UInt64) -> String {
        for unit in units.prefix(3) where bytes > 0 && bytes % unit.bytes == 0 {
            return "\(bytes / unit.bytes)\(unit.name)"
        }
        return "\(bytes)"
    }
}
