import Crypto

/// 32 bytes that SHA-256 (RFC 6234) made of others.
///
/// Four words in the bytes' own order: comparing, copying and hashing it costs a few instructions and no allocation.
package struct Digest256: Hashable, Sendable, CustomStringConvertible {
    /// The size of a digest in bytes.
    package static let byteCount = 32

    private let words: SIMD4<UInt64>

    /// 32 zero bytes, which are no hash of anything known.
    static let zero = Digest256(words: SIMD4())

    /// A number in place of a hash, so that no two are alike.
    init(number: UInt32) {
        self.init(words: SIMD4(UInt64(number), 0, 0, 0))
    }

    private init(words: SIMD4<UInt64>) {
        self.words = words
    }

    /// Hashes `bytes` where they lie, without copying them.
    package init(hashing bytes: UnsafeRawBufferPointer) {
        var function = SHA256()
        function.update(bufferPointer: bytes)
        self.init(function.finalize())
    }

    init(_ digest: SHA256.Digest) {
        words = digest.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// Reads a digest back; `nil` unless there are exactly 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        words = Array(bytes).withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// The 32 bytes at `offset` of `buffer`, which the caller knows to be there.
    init(loading buffer: UnsafeRawBufferPointer, offset: Int) {
        words = buffer.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
    }

    /// Reads 64 hexadecimal digits of either case; `nil` for anything else.
    package init?(hex: some StringProtocol) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in hex.utf8 {
            guard let value = Self.value(ofHexDigit: digit), bytes.count < Self.byteCount else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else { return nil }
        self.init(bytes: bytes)
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        withUnsafeBytes(of: words) { Array($0) }
    }

    /// 64 lower-case hexadecimal digits.
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func value(ofHexDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
