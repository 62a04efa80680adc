import Testing

@testable import Topology

@Suite struct WordListTests {
    @Test(arguments: [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")])
    func givesAChoice(words: [String], text: String) {
        #expect(WordList.choice(words) == text)
    }

    @Test(arguments: [
        ("fanuot", "fanout"), ("Fanout", "fanout"), ("fan-out", "fanout"), ("stile", "style"), ("cycles", "cycle"),
        ("zebra", nil), ("", nil), (String(repeating: "fanout", count: 100), nil),
    ])
    func findsTheWordThatWasMeant(written: String, meant: String?) {
        #expect(WordList.nearest(to: written, among: ["style", "fanout", "cycle"]) == meant)
    }

    @Test(arguments: [("", "", 0), ("abc", "", 3), ("", "abc", 3), ("abc", "acb", 1), ("kitten", "sitting", 3)])
    func countsEdits(left: String, right: String, edits: Int) {
        #expect(WordList.editDistance(left, right) == edits)
    }
}
