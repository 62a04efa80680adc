import Testing

@testable import Topology

@Suite struct YAMLTreeTests {
    @Test func writesBlocksInTheOrderGiven() {
        let tree: YAMLTree = [
            "b": "x", "a": ["c": [1, "two", ["k": true, "l": []], ["m"]], "d": [:]], "key: odd": "no",
        ]
        #expect(
            tree.rendered() == """
                b: x
                a:
                  c:
                    - 1
                    - two
                    - k: true
                      l: []
                    - - m
                  d: {}
                "key: odd": "no"

                """)
    }

    @Test func addsToMappingsAlone() {
        #expect((["a": 1] as YAMLTree).adding(["b": 2]) == ["a": 1, "b": 2])
        #expect(("a" as YAMLTree).adding(["b": 2]) == "a")
    }

    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64(text: String, expected: String) {
        #expect(Base64.encoded(Array(text.utf8)) == expected)
    }

    @Test func base64HasAllSixBits() {
        #expect(Base64.encoded([0xFB, 0xFF, 0xBF, 0x00]) == "+/+/AA==")
    }
}
