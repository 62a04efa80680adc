/// A constant string of bytes, kept inside the value where there are no more than 31.
///
/// The tracker keeps a million references and copies three for each answer. As arrays each would be an object of its own
/// somewhere in memory, whose count of references must be fetched and changed for every copy.
struct InlineBytes: Hashable, Sendable {
    private static let inlineSize = 31

    /// The bytes, then zeros, and how many there are in the last byte; all zero where they are in `others`.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    /// The bytes where they are more than 31.
    private let others: [UInt8]?

    init(_ bytes: [UInt8]) {
        guard bytes.count <= Self.inlineSize else {
            others = bytes
            return
        }
        others = nil
        withUnsafeMutableBytes(of: &words) { storage in
            storage.copyBytes(from: bytes)
            storage[Self.inlineSize] = UInt8(bytes.count)
        }
    }

    var array: [UInt8] {
        if let others { return others }
        return withUnsafeBytes(of: words) { storage in Array(storage[..<Int(storage[Self.inlineSize])]) }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
        others?.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    static func == (left: InlineBytes, right: InlineBytes) -> Bool {
        left.words == right.words && left.others == right.others
    }
}
