/// Encodes values canonically (BEP 3): the exact inverse of `BencodeDecoder`.
package struct BencodeEncoder {
    private var bytes: [UInt8] = []

    private init() {}

    /// The bytes of `value`.
    ///
    /// It recurses, so its callers give it values they built themselves or decoded, whose depth has a bound.
    package static func encode(_ value: BencodeValue) -> [UInt8] {
        var encoder = BencodeEncoder()
        encoder.append(value)
        return encoder.bytes
    }

    private mutating func append(_ value: BencodeValue) {
        switch value {
        case .integer(let integer):
            append("i\(integer)e")
        case .bytes(let string):
            append(string)
        case .list(let items):
            append("l")
            for item in items {
                append(item)
            }
            append("e")
        case .dictionary(let dictionary):
            append("d")
            for entry in dictionary.entries {
                append(entry.key)
                append(entry.value)
            }
            append("e")
        }
    }

    private mutating func append(_ string: [UInt8]) {
        append("\(string.count):")
        bytes.append(contentsOf: string)
    }

    private mutating func append(_ ascii: String) {
        bytes.append(contentsOf: ascii.utf8)
    }
}
