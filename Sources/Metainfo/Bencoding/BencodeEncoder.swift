/// Encodes values canonically (BEP 3): the exact inverse of `BencodeDecoder`.
package struct BencodeEncoder {
    /// What has been written.
    private(set) var bytes: [UInt8] = []

    init() {}

    /// The bytes of `value`.
    ///
    /// It recurses, so its callers give it values they built themselves or decoded, whose depth has a bound.
    package static func encode(_ value: BencodeValue) -> [UInt8] {
        var encoder = BencodeEncoder()
        encoder.append(value)
        return encoder.bytes
    }

    /// Appends a value.
    mutating func append(_ value: BencodeValue) {
        switch value {
        case .integer(let integer):
            write("i\(integer)e")
        case .bytes(let string):
            append(string)
        case .list(let items):
            write("l")
            for item in items {
                append(item)
            }
            write("e")
        case .dictionary(let dictionary):
            write("d")
            for entry in dictionary.entries {
                append(entry.key)
                append(entry.value)
            }
            write("e")
        }
    }

    /// Appends a string.
    mutating func append(_ string: some Collection<UInt8>) {
        write("\(string.count):")
        bytes.append(contentsOf: string)
    }

    /// Appends notation as it stands, such as a `d` that begins a dictionary.
    mutating func write(_ ascii: String) {
        bytes.append(contentsOf: ascii.utf8)
    }

    /// Appends what is encoded already.
    mutating func write(_ encoded: some Collection<UInt8>) {
        bytes.append(contentsOf: encoded)
    }
}
