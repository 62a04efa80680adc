import Metainfo
import Testing

private func decode(_ text: String) throws -> BencodeValue {
    try BencodeDecoder(Array(text.utf8)).decode()
}

@Suite struct BencodeDecoderTests {
    @Test(
        arguments: [
            ("i0e", .integer(0)),
            ("i-1e", .integer(-1)),
            ("i9223372036854775807e", .integer(.max)),
            ("i-9223372036854775808e", .integer(.min)),
            ("0:", .text("")),
            ("4:spam", .text("spam")),
            ("le", .list([])),
            ("de", .dictionary([:])),
            ("l4:spami3eli4eee", .list([.text("spam"), .integer(3), .list([.integer(4)])])),
            ("d1:al1:bd1:c0:eei1ee", nil),
            ("d0:i1e1:ai2e2:aai3e1:bdee", .dictionary(["": 1.b, "a": 2.b, "aa": 3.b, "b": .dictionary([:])])),
        ] as [(String, BencodeValue?)])
    func decodesWhatBEP3Allows(text: String, expected: BencodeValue?) throws {
        guard let expected else {
            #expect(throws: BencodeError.self) { try decode(text) }
            return
        }
        #expect(try decode(text) == expected)
    }

    @Test(arguments: [
        ("", 0, "the data ends where a value was expected"),
        ("x", 0, "a value begins with i, l, d or a digit, not with byte 120"),
        ("e", 0, "an e ends a list or dictionary, but none is open"),
        ("i", 1, "digits were expected here"),
        ("ie", 1, "digits were expected here"),
        ("i-e", 2, "digits were expected here"),
        ("i-0e", 1, "zero is written 0, not -0"),
        ("i01e", 1, "a number has no leading zeros"),
        ("i-01e", 2, "a number has no leading zeros"),
        ("i+1e", 1, "digits were expected here"),
        ("i1", 2, "an integer ends with e"),
        ("i1.5e", 2, "an integer ends with e"),
        ("i9223372036854775808e", 1, "a number must fit 64 bits with its sign"),
        ("i-9223372036854775809e", 2, "a number must fit 64 bits with its sign"),
        ("i99999999999999999999999e", 1, "a number must fit 64 bits with its sign"),
        ("4", 1, "the length of a string ends with a colon"),
        ("4spam", 1, "the length of a string ends with a colon"),
        ("04:spam", 0, "a number has no leading zeros"),
        ("5:spam", 0, "a string of 5 bytes begins here, but only 4 follow"),
        ("9223372036854775807:", 0, "a string of 9223372036854775807 bytes begins here, but only 0 follow"),
        ("9223372036854775808:", 0, "a number must fit 64 bits with its sign"),
        ("-1:", 0, "a value begins with i, l, d or a digit, not with byte 45"),
        ("l", 1, "the data ends where a value was expected"),
        ("li1e", 4, "the data ends where a value was expected"),
        ("d", 1, "the data ends where a value was expected"),
        ("d1:a", 4, "the data ends where a value was expected"),
        ("d1:ae", 4, "a key without a value"),
        ("d1:ai1e1:be", 10, "a key without a value"),
        ("di1ei2ee", 1, "the key of a dictionary is a string"),
        ("dlei2ee", 1, "the key of a dictionary is a string"),
        ("ddei2ee", 1, "the key of a dictionary is a string"),
        ("d1:bi1e1:ai2ee", 7, "the keys of a dictionary are sorted"),
        ("d2:aai1e1:ai2ee", 8, "the keys of a dictionary are sorted"),
        ("d1:ai1e1:ai2ee", 7, "a key occurs twice in a dictionary"),
        ("i1ei2e", 3, "the data goes on after its one value"),
        ("lee", 2, "the data goes on after its one value"),
        ("0:\n", 2, "the data goes on after its one value"),
    ])
    func refuses(text: String, offset: Int, message: String) throws {
        #expect(throws: BencodeError(offset: offset, message)) { try decode(text) }
    }

    @Test func errorsSayWhereAndWhat() {
        #expect("\(BencodeError(offset: 7, "no"))" == "byte 7: no")
    }

    @Test func nestsToItsLimitAndNoDeeper() throws {
        let limit = BencodeDecoder.maximumDepth
        let fits = String(repeating: "l", count: limit) + String(repeating: "e", count: limit)
        _ = try decode(fits)
        #expect(throws: BencodeError(offset: limit, "values nest deeper than 128 levels")) {
            try decode("l" + fits + "e")
        }
        let pairs = String(repeating: "d1:a", count: limit + 1)
        #expect(throws: BencodeError(offset: limit * 4, "values nest deeper than 128 levels")) { try decode(pairs) }
    }

    @Test func countsValuesToItsLimitAndNoFurther() throws {
        let limit = BencodeDecoder.maximumValueCount
        func list(_ count: Int) -> [UInt8] {
            [108] + [UInt8](repeating: 48, count: count).flatMap { [$0, 58] } + [101]
        }
        guard case .list(let items) = try BencodeDecoder(list(limit - 1)).decode() else {
            Issue.record("a list was written")
            return
        }
        #expect(items.count == limit - 1)
        #expect(throws: BencodeError(offset: limit * 2 + 1, "more than 1000000 values")) {
            try BencodeDecoder(list(limit + 1)).decode()
        }
    }

    /// A hundred million open lists: refused at the 129th, so neither memory nor stack ever see the rest.
    @Test func aHundredMegabytesOfOpenListsEndAtTheDepthLimit() throws {
        let hostile = [UInt8](repeating: UInt8(ascii: "l"), count: 100_000_000)
        #expect(throws: BencodeError(offset: 128, "values nest deeper than 128 levels")) {
            try BencodeDecoder(hostile).decode()
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func decodesWhatASlowEncoderWrites(seed: UInt64) throws {
        var generator = SplitMix64(state: seed)
        let value = randomValue(depth: 4, using: &generator)
        let bytes = slowlyBencoded(value)
        #expect(BencodeEncoder.encode(value) == bytes, "seed \(seed)")
        #expect(try BencodeDecoder(bytes).decode() == value, "seed \(seed)")
    }

    /// Nothing has two encodings: whatever mutated bytes decode to encodes to those same bytes.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func acceptsOnlyCanonicalBytes(seed: UInt64) {
        var generator = SplitMix64(state: seed)
        var bytes = slowlyBencoded(randomValue(depth: 3, using: &generator))
        for _ in 0..<50 {
            let index = Int.random(in: bytes.indices, using: &generator)
            bytes[index] = Array("0123456789ilde:-".utf8).randomElement(using: &generator) ?? 0
            if let value = try? BencodeDecoder(bytes).decode() {
                #expect(BencodeEncoder.encode(value) == bytes, "seed \(seed)")
            }
        }
    }
}

extension Int {
    fileprivate var b: BencodeValue { .integer(Int64(self)) }
}
