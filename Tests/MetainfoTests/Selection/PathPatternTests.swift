import Testing

@testable import Metainfo

/// Which files a pattern means.
@Suite struct PathPatternTests {
    private func matches(_ pattern: String, _ path: String) -> Bool {
        PathPattern(pattern).matches(path.split(separator: "/").map(Array.init))
    }

    @Test(arguments: [
        // A name is looked for at every depth, and a folder's means all that is in it.
        ("README", "README"), ("README", "src/README"), ("src", "src/a/b.c"), ("a", "src/a/b.c"), ("*.o", "src/x.o"),
        ("*.o", "x.o"), ("?.c", "src/a/b.c"), ("src/", "src/a/b.c"), ("a/", "src/a/b.c"),
        // With a slash from the torrent's folder on.
        ("/README", "README"), ("src/a", "src/a/b.c"), ("src/a/b.c", "src/a/b.c"), ("src/*", "src/x.o"),
        ("src/**", "src/a/b.c"), ("src/**/b.c", "src/b.c"), ("src/**/b.c", "src/a/x/b.c"), ("**/b.c", "b.c"),
        ("**", "b.c"), ("**", "src/b.c"), ("*/a", "src/a/b.c"), ("**/a/**", "src/a/b.c"), ("/src/", "src/x.o"),
        // Stars take what they must.
        ("a*b*c", "aXbbYc"), ("*a", "aaa"), ("***", "x"), ("a**c", "abc"), ("*", "x"), ("a?c", "abc"),
        ("caf\u{E9}", "cafe\u{301}"),
    ])
    func whatIsMeant(pattern: String, path: String) {
        #expect(matches(pattern, path))
    }

    @Test(arguments: [
        ("README", "README.md"), ("readme", "README"), ("src", "source/a"), ("src/", "src"), ("/README", "src/README"),
        ("a/b.c", "src/a/b.c"), ("src/*", "src/a/b.c"), ("src/**", "src"), ("src/**", "source/a"), ("*.o", "x.o/y"),
        ("src/*.o", "src/a/x.o"), ("**/b.c/", "src/b.c"), ("a*b", "abc"), ("a?c", "ac"), ("", "x"), ("/", "x"),
        ("//x", "x"), ("./x", "x"), ("../x", "x"), ("**/a/**", "a"), ("src//x", "src/x"),
    ])
    func whatIsNot(pattern: String, path: String) {
        #expect(!matches(pattern, path))
    }

    /// Masks against an independent matcher that tries everything.
    @Test func masksAreAsASlowMatcherSays() {
        func slow(_ mask: Substring, _ name: Substring) -> Bool {
            guard let first = mask.first else { return name.isEmpty }
            if first == "*" {
                return slow(mask.dropFirst(), name) || !name.isEmpty && slow(mask, name.dropFirst())
            }
            guard let letter = name.first else { return false }
            return (first == "?" || first == letter) && slow(mask.dropFirst(), name.dropFirst())
        }
        var generator = SplitMix64(state: 3)
        var count = 0
        for _ in 0..<5_000 {
            let mask =
                "/"
                + String(
                    (0..<Int.random(in: 1...5, using: &generator)).map { _ in "ab*?".randomElement(using: &generator)! }
                )
            let name = String(
                (0..<Int.random(in: 1...6, using: &generator)).map { _ in "ab".randomElement(using: &generator)! })
            if mask == "/**" { continue }
            let expected = slow(mask.dropFirst(), name[...])
            #expect(matches(mask, name) == expected, "\(mask) \(name)")
            if expected { count += 1 }
        }
        #expect(count > 500)
    }

    /// The pattern that is slow where every star is tried at every place.
    @Test(.timeLimit(.minutes(5))) func manyStarsTakeNoTime() {
        #expect(!matches(String(repeating: "a*", count: 50) + "b", String(repeating: "a", count: 250)))
        let deep = String(repeating: "a/", count: 99) + "a"
        #expect(!matches(String(repeating: "**/a/", count: 40) + "b", deep))
    }
}
