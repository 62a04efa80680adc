import Metainfo
import Testing

@Suite struct BencodeEncoderTests {
    @Test(
        arguments: [
            (.integer(-42), "i-42e"),
            (.integer(.min), "i-9223372036854775808e"),
            (.text(""), "0:"),
            (.text("é"), "2:é"),
            (.list([.integer(1), .text("a")]), "li1e1:ae"),
            (.dictionary(["spam": .list([]), "eggs": .dictionary([:])]), "d4:eggsde4:spamlee"),
        ] as [(BencodeValue, String)])
    func writesTheOneCanonicalForm(value: BencodeValue, expected: String) {
        #expect(String(decoding: BencodeEncoder.encode(value), as: UTF8.self) == expected)
    }

    @Test(
        arguments: [
            (.integer(1), "an integer"), (.text(""), "a string"), (.list([]), "a list"),
            (.dictionary([:]), "a dictionary"),
        ] as [(BencodeValue, String)])
    func valuesSayWhatTheyAre(value: BencodeValue, kind: String) {
        #expect(value.kind == kind)
    }
}
