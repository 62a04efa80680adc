import Metainfo
import Testing

@Suite struct BencodeDictionaryTests {
    @Test func keepsKeysInOrderOfTheirBytes() {
        var dictionary = BencodeDictionary()
        for key in ["b", "", "é", "a", "aa", "Z"] {
            dictionary[key] = .text(key)
        }
        let keys = dictionary.entries.map { String(decoding: $0.key, as: UTF8.self) }
        #expect(keys == ["", "Z", "a", "aa", "b", "é"])
        #expect(keys.allSatisfy { dictionary[$0] == .text($0) })
    }

    @Test func replacesRemovesAndMisses() {
        var dictionary: BencodeDictionary = ["a": .integer(1), "b": .integer(2), "a": .integer(3)]
        #expect(dictionary["a"] == .integer(3))
        dictionary["a"] = nil
        dictionary["x"] = nil
        #expect(dictionary == ["b": .integer(2)])
        #expect(dictionary["a"] == nil)
        #expect(dictionary["c"] == nil)
    }

    @Test func equalWhateverTheOrderOfInsertion() {
        #expect(["a": .integer(1), "b": .integer(2)] == ["b": .integer(2), "a": .integer(1)] as BencodeDictionary)
    }
}
