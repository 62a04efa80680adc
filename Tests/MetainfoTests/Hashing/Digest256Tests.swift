import Metainfo
import Testing

@Suite struct Digest256Tests {
    /// The examples of RFC 6234, section 8.5, and the empty message.
    private static let examples = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test(arguments: examples)
    func isSHA256(message: String, hex: String) {
        let digest = Array(message.utf8).withUnsafeBytes { Digest256(hashing: $0) }
        #expect("\(digest)" == hex)
        #expect(Digest256(hex: hex) == digest)
        #expect(Digest256(hex: hex.uppercased()) == digest)
        #expect(Digest256(bytes: digest.bytes) == digest)
        #expect(Set([digest, digest]).count == 1)
    }

    @Test(arguments: [0, 31, 33, 64])
    func refusesOtherThan32Bytes(count: Int) {
        #expect(Digest256(bytes: [UInt8](repeating: 1, count: count)) == nil)
        #expect(InfoHash(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test(arguments: ["", "0", "00", "zz", String(repeating: "a", count: 63), String(repeating: "a", count: 65)])
    func refusesOtherThan64Digits(hex: String) {
        #expect(Digest256(hex: hex) == nil)
        #expect(InfoHash(hex: hex) == nil)
    }

    @Test(arguments: ["/", ":", "@", "G", "`", "g", " "])
    func refusesWhatIsNoDigit(character: String) {
        #expect(Digest256(hex: String(repeating: "a", count: 63) + character) == nil)
        #expect(Digest256(hex: character + String(repeating: "a", count: 63)) == nil)
    }

    @Test func infoHashIsItsDigest() throws {
        let hex = Self.examples[1].1
        let infoHash = try #require(InfoHash(hex: hex))
        #expect("\(infoHash)" == hex)
        #expect(InfoHash(bytes: infoHash.bytes) == infoHash)
        #expect(infoHash.bytes.prefix(2) == [0xba, 0x78])
    }
}
