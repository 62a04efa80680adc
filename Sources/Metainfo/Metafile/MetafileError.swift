/// Why a metafile, or the file it is to describe, could not be used.
package struct MetafileError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        /// The bytes are not canonical bencoding.
        case notBencoded
        /// Something is missing, of the wrong type, or contradicts something else.
        case malformed
        /// A metafile of a kind that this program does not read.
        case unsupported
        /// Beyond a limit that keeps memory bounded.
        case tooLarge
        /// The system refused to open, read or write a file.
        case inputOutput
        /// A file changed while it was read.
        case changed
    }

    package let code: Code

    /// The file in question, where there is one.
    package private(set) var path: String?

    /// The position in bytes from the metafile's start of what is wrong, where there is one.
    package let offset: Int?

    /// What is wrong, and what would be right.
    package let message: String

    package init(_ code: Code, path: String? = nil, offset: Int? = nil, _ message: String) {
        self.code = code
        self.path = path
        self.offset = offset
        self.message = message
    }

    /// The same error, said of the file at `path`.
    package func naming(_ path: String) -> MetafileError {
        var named = self
        named.path = path
        return named
    }

    /// `x.torrent: byte 123: hash list is 64 bytes; 9 chunks need 288`.
    package var description: String {
        [path, offset.map { "byte \($0)" }, message].compactMap(\.self).joined(separator: ": ")
    }
}
