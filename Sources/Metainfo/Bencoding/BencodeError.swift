/// Why bytes are not canonical bencoding, and where.
package struct BencodeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The position, in bytes from the start, of what is wrong.
    package let offset: Int

    /// What is wrong, and what would be right.
    package let message: String

    package init(offset: Int, _ message: String) {
        self.offset = offset
        self.message = message
    }

    package var description: String {
        "byte \(offset): \(message)"
    }
}
