/// Decodes canonical bencoding (BEP 3) and nothing else: every value has exactly one encoding here, so decoding and
/// encoding again gives the same bytes, and nobody can give one torrent two info hashes.
///
/// Refused: keys that are unsorted, repeated or not strings; leading zeros and -0; integers outside `Int64`; bytes
/// after the value; nesting beyond ``maximumDepth`` and more than ``maximumValueCount`` values. With the last two
/// the memory that a stranger's file can cost is bounded; the nesting is kept on a stack of our own, not the thread's.
package struct BencodeDecoder {
    /// How deep lists and dictionaries may nest: far more than a metafile needs, file trees of BEP 52 included.
    package static let maximumDepth = 100

    /// How many values, the nested ones included, one document may hold.
    package static let maximumValueCount = 1_000_000

    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Decodes the one value that all the bytes make up.
    ///
    /// - Throws: `BencodeError` with the position of the first byte that cannot be part of it.
    package func decode() throws(BencodeError) -> BencodeValue {
        var scanner = BencodeScanner(bytes)
        var open: [Container] = []
        var valueCount = 0
        while true {
            let start = scanner.offset
            let token = try scanner.next()
            var complete: BencodeValue
            switch token {
            case .integer(let integer):
                complete = .integer(integer)
            case .bytes(let range):
                if let last = open.indices.last, open[last].expectsKey {
                    try open[last].acceptKey(Array(bytes[range]), offset: start)
                    continue
                }
                complete = .bytes(Array(bytes[range]))
            case .listStart, .dictionaryStart:
                try refuseKey(open.last, offset: start)
                guard open.count < Self.maximumDepth else {
                    throw BencodeError(offset: start, "values nest deeper than \(Self.maximumDepth) levels")
                }
                open.append(Container(isDictionary: token == .dictionaryStart))
                continue
            case .end:
                guard let container = open.popLast() else {
                    throw BencodeError(offset: start, "an e ends a list or dictionary, but none is open")
                }
                complete = try container.close(offset: start)
            }
            valueCount += 1
            guard valueCount <= Self.maximumValueCount else {
                throw BencodeError(offset: start, "more than \(Self.maximumValueCount) values")
            }
            guard let last = open.indices.last else {
                guard scanner.isAtEnd else {
                    throw BencodeError(offset: scanner.offset, "the data goes on after its one value")
                }
                return complete
            }
            if token != .end {
                try refuseKey(open[last], offset: start)
            }
            open[last].accept(complete)
        }
    }

    private func refuseKey(_ container: Container?, offset: Int) throws(BencodeError) {
        if let container, container.expectsKey {
            throw BencodeError(offset: offset, "the key of a dictionary is a string")
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
        return skipValue(with: &scanner) ? start..<scanner.offset : nil
    }

    /// Moves to the value of `key` in the dictionary that the scanner is in.
    private func find(_ key: String, with scanner: inout BencodeScanner) -> Bool {
        while case .bytes(let range)? = try? scanner.next() {
            if bytes[range].elementsEqual(key.utf8) {
                return true
            }
            guard skipValue(with: &scanner) else { return false }
        }
        return false
    }

    private func skipValue(with scanner: inout BencodeScanner) -> Bool {
        var depth = 0
        repeat {
            guard let token = try? scanner.next() else { return false }
            switch token {
            case .integer, .bytes: break
            case .listStart, .dictionaryStart: depth += 1
            case .end: depth -= 1
            }
        } while depth > 0
        return depth == 0
    }
}
