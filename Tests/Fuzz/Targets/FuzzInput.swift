/// The fuzzer's bytes, read from front to back as numbers, texts and frames. After the last byte come zeros, so that every
/// input is one.
package struct FuzzInput {
    private let bytes: [UInt8]
    private var place = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var isAtEnd: Bool { place >= bytes.count }

    package mutating func byte() -> UInt8 {
        guard place < bytes.count else { return 0 }
        defer { place += 1 }
        return bytes[place]
    }

    /// A number below a bound, which is 1 to 256, out of one byte.
    package mutating func below(_ bound: Int) -> Int { Int(byte()) % bound }

    package mutating func bool() -> Bool { byte() & 1 == 1 }

    /// A big-endian number.
    package mutating func integer<Number: FixedWidthInteger & UnsignedInteger>(as _: Number.Type) -> Number {
        (0..<MemoryLayout<Number>.size).reduce(Number(0)) { number, _ in number << 8 | Number(byte()) }
    }

    /// A number with as many bytes as its first byte says, 0 to 8: small ones are short, and all can be.
    package mutating func number() -> UInt64 {
        (0..<below(9)).reduce(UInt64(0)) { number, _ in number << 8 | UInt64(byte()) }
    }

    package mutating func bytes(_ count: Int) -> [UInt8] {
        let end = min(place + count, bytes.count)
        defer { place = end }
        return Array(bytes[place..<end])
    }

    package mutating func rest() -> [UInt8] { bytes(bytes.count - place) }

    /// The frames of a message: before each its length, in a byte, or where that is 255 in the two after it.
    package mutating func frames() -> [[UInt8]] {
        var frames: [[UInt8]] = []
        while !isAtEnd {
            let short = Int(byte())
            frames.append(bytes(short < 255 ? short : Int(integer(as: UInt16.self))))
        }
        return frames
    }
}
