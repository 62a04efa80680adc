/// Splits bytes into the tokens of bencoding, refusing every number that has a second way to be written.
///
/// Tokens carry no nesting, so the scanner needs constant memory and no stack whatever it reads.
struct BencodeScanner {
    enum Token: Equatable {
        case integer(Int64)
        /// The positions of a string's bytes, its length prefix left out.
        case bytes(Range<Int>)
        case listStart
        case dictionaryStart
        case end
    }

    let bytes: [UInt8]

    /// Where the next token begins.
    private(set) var offset = 0

    /// - Parameter offset: where to begin.
    init(_ bytes: [UInt8], offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var isAtEnd: Bool { offset == bytes.count }

    /// Reads one token and moves past it.
    mutating func next() throws(BencodeError) -> Token {
        guard let first = peek() else {
            throw BencodeError(offset: offset, "the data ends where a value was expected")
        }
        switch first {
        case UInt8(ascii: "i"):
            offset += 1
            return .integer(try integer())
        case UInt8(ascii: "l"):
            offset += 1
            return .listStart
        case UInt8(ascii: "d"):
            offset += 1
            return .dictionaryStart
        case UInt8(ascii: "e"):
            offset += 1
            return .end
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .bytes(try string())
        default:
            throw BencodeError(offset: offset, "a value begins with i, l, d or a digit, not with byte \(first)")
        }
    }

    /// Moves past one value, the nested ones included; `false` where there is none.
    mutating func skipValue() -> Bool {
        var depth = 0
        repeat {
            guard let token = try? next() else { return false }
            switch token {
            case .integer, .bytes: break
            case .listStart, .dictionaryStart: depth += 1
            case .end: depth -= 1
            }
        } while depth > 0
        return depth == 0
    }

    private func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    private mutating func integer() throws(BencodeError) -> Int64 {
        let start = offset
        let isNegative = peek() == UInt8(ascii: "-")
        if isNegative {
            offset += 1
        }
        let value = try digits(negated: isNegative)
        if isNegative, value == 0 {
            throw BencodeError(offset: start, "zero is written 0, not -0")
        }
        try expect(UInt8(ascii: "e"), "an integer ends with e")
        return value
    }

    private mutating func string() throws(BencodeError) -> Range<Int> {
        let start = offset
        let length = try digits(negated: false)
        try expect(UInt8(ascii: ":"), "the length of a string ends with a colon")
        guard length <= Int64(bytes.count - offset) else {
            throw BencodeError(
                offset: start, "a string of \(length) bytes begins here, but only \(bytes.count - offset) follow")
        }
        let range = offset..<offset + Int(length)
        offset = range.upperBound
        return range
    }

    /// Reads decimal digits, counting downwards where `negated`, so that the smallest `Int64` needs no exception.
    private mutating func digits(negated: Bool) throws(BencodeError) -> Int64 {
        let start = offset
        var value: Int64 = 0
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            if offset > start, value == 0 {
                throw BencodeError(offset: start, "a number has no leading zeros")
            }
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeByOne) = product.addingReportingOverflow(negated ? -digit : digit)
            if isTooLarge || isTooLargeByOne {
                throw BencodeError(offset: start, "a number must fit 64 bits with its sign")
            }
            value = sum
            offset += 1
        }
        guard offset > start else {
            throw BencodeError(offset: start, "digits were expected here")
        }
        return value
    }

    private mutating func expect(_ byte: UInt8, _ rule: String) throws(BencodeError) {
        guard peek() == byte else {
            throw BencodeError(offset: offset, rule)
        }
        offset += 1
    }
}
