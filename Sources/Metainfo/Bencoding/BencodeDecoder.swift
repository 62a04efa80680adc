/// Decodes canonical bencoding (BEP 3) and nothing else: every value has exactly one encoding here, so decoding and
/// encoding again gives the same bytes, and nobody can give one torrent two info hashes.
///
/// Refused: keys that are unsorted, repeated or not strings; leading zeros and -0; integers outside `Int64`; bytes
/// after the value; nesting beyond ``maximumDepth`` and more than ``maximumValueCount`` values. With the last two
/// the memory that a stranger's file can cost is bounded; the nesting is kept on a stack of our own, not the thread's.
package struct BencodeDecoder {
    /// How deep lists and dictionaries may nest: enough for a file tree of BEP 52 whose paths have a hundred components.
    package static let maximumDepth = 128

    /// How many values, the nested ones included, one decoded document may hold.
    package static let maximumValueCount = 1_000_000

    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Decodes the one value that all the bytes make up.
    ///
    /// - Throws: `BencodeError` with the position of the first byte that cannot be part of it.
    package func decode() throws(BencodeError) -> BencodeValue {
        // With the rules checked beforehand, building has none to think of.
        try BencodeChecker.check(bytes, maximumValueCount: Self.maximumValueCount)
        var scanner = BencodeScanner(bytes)
        var open: [Container] = []
        while true {
            var complete: BencodeValue
            switch try scanner.next() {
            case .integer(let integer):
                complete = .integer(integer)
            case .bytes(let range):
                if let last = open.indices.last, open[last].expectsKey {
                    open[last].accept(key: Array(bytes[range]))
                    continue
                }
                complete = .bytes(Array(bytes[range]))
            case .listStart:
                open.append(Container(isDictionary: false))
                continue
            case .dictionaryStart:
                open.append(Container(isDictionary: true))
                continue
            case .end:
                complete = open.removeLast().value
            }
            guard let last = open.indices.last else { return complete }
            open[last].accept(complete)
        }
    }

    /// Where the value lies that is reached from the top by the keys of `path`, its type letter or length prefix
    /// included: what the info hash is taken over, and what an error points at.
    ///
    /// - Returns: positions in the bytes given at creation; `nil` when a key is missing, a value on the way is no
    ///   dictionary, or the bytes are not bencoding. It reads no further than it has to, so only `decode()` tells
    ///   whether the bytes are canonical.
    package func range(at path: [String]) -> Range<Int>? {
        var scanner = BencodeScanner(bytes)
        for key in path {
            guard (try? scanner.next()) == .dictionaryStart, find(key, with: &scanner) else {
                return nil
            }
        }
        let start = scanner.offset
        return scanner.skipValue() ? start..<scanner.offset : nil
    }

    /// Moves to the value of `key` in the dictionary that the scanner is in.
    private func find(_ key: String, with scanner: inout BencodeScanner) -> Bool {
        while case .bytes(let range)? = try? scanner.next() {
            if bytes[range].elementsEqual(key.utf8) {
                return true
            }
            guard scanner.skipValue() else { return false }
        }
        return false
    }
}
