/// A bencoded value: the data model of BEP 3.
///
/// Strings are bytes, not text: bencoding says nothing of their encoding, and hashes travel as strings too.
package enum BencodeValue: Hashable, Sendable {
    case integer(Int64)
    case bytes([UInt8])
    case list([BencodeValue])
    case dictionary(BencodeDictionary)

    /// The UTF-8 bytes of `text`.
    package static func text(_ text: String) -> BencodeValue {
        .bytes(Array(text.utf8))
    }

    /// What kind of value this is, with its article, for sentences such as "it is a list".
    package var kind: String {
        switch self {
        case .integer: "an integer"
        case .bytes: "a string"
        case .list: "a list"
        case .dictionary: "a dictionary"
        }
    }
}
