import CSHA256
import Metainfo
import Testing

/// Two messages hashed at once, against each by itself. The instructions are tried whether or not they are worth using:
/// a build without optimization does without them.
@Suite(.enabled(if: sha256_pair_supported(), "this processor has no SHA instructions"))
struct Digest256PairTests {
    private static let lengths = Array(0...200) + [1_000, 16_383, 16_384, 16_385]

    @Test func bothAreTheHashesOfTheirMessages() {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<40_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        bytes.withUnsafeBytes { bytes in
            for length in Self.lengths {
                // Neither is aligned to a word.
                let first = UnsafeRawBufferPointer(rebasing: bytes[1..<1 + length])
                let second = UnsafeRawBufferPointer(rebasing: bytes[20_003..<20_003 + length])
                var digests = [UInt8](repeating: 0, count: 64)
                sha256_pair(first.baseAddress, second.baseAddress, length, &digests)
                #expect(digests == Digest256(hashing: first).bytes + Digest256(hashing: second).bytes)
            }
        }
    }
}
