import Metainfo
import Testing

/// `BencodeDecoder.range(at:)`.
@Suite struct BencodeRangeTests {
    private static let text = "d1:ai1e1:bd1:c3:xyz1:dl0:de2:--eee"

    @Test(arguments: [
        ([], text),
        (["a"], "i1e"),
        (["b"], "d1:c3:xyz1:dl0:de2:--ee"),
        (["b", "c"], "3:xyz"),
        (["b", "d"], "l0:de2:--e"),
    ])
    func findsTheWholeValue(path: [String], expected: String) throws {
        let bytes = Array(Self.text.utf8)
        let range = try #require(BencodeDecoder(bytes).range(at: path))
        #expect(String(decoding: bytes[range], as: UTF8.self) == expected)
    }

    @Test(arguments: [["c"], ["a", "b"], ["b", "x"], ["b", "c", "d"], [""]])
    func findsNothingWhereThereIsNothing(path: [String]) {
        #expect(BencodeDecoder(Array(Self.text.utf8)).range(at: path) == nil)
    }

    @Test(arguments: ["", "d", "d1:a", "d1:b", "d1:bi1e1:a", "d1:bl", "d1:be", "d1:b1:be", "e", "di1e", "d1:al"])
    func survivesWhatIsNotBencoding(text: String) {
        #expect(BencodeDecoder(Array(text.utf8)).range(at: ["a"]) == nil)
    }

    @Test func endOfAContainerIsNoValue() {
        #expect(BencodeDecoder(Array("e".utf8)).range(at: []) == nil)
    }
}
