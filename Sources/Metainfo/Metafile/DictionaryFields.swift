/// The fields of one dictionary in a metafile, each refusal with the position of what is wrong.
///
/// Where they lie is found in one pass; the values are read in place, so that a large one costs nothing twice.
struct DictionaryFields {
    let bytes: [UInt8]

    /// Where the dictionary lies, its `d` and `e` included.
    let range: Range<Int>

    private let ranges: [String: Range<Int>]

    /// Finds the values of `keys`.
    ///
    /// - Parameters:
    ///   - bytes: canonical bencoding.
    ///   - range: of the dictionary in the bytes.
    ///   - title: what the dictionary is called in a refusal.
    init(
        _ bytes: [UInt8], at range: Range<Int>, keys: Set<String>, title: @autoclosure () -> String
    ) throws(MetafileError) {
        self.bytes = bytes
        self.range = range
        var scanner = BencodeScanner(bytes, offset: range.lowerBound)
        let first = try? scanner.next()
        guard first == .dictionaryStart else {
            throw Self.mismatch(title(), first, offset: range.lowerBound, "a dictionary")
        }
        let longest = keys.lazy.map(\.utf8.count).max() ?? 0
        var ranges: [String: Range<Int>] = [:]
        while case .bytes(let key)? = try? scanner.next() {
            let start = scanner.offset
            guard scanner.skipValue() else { break }
            if key.count <= longest, let text = String(validating: bytes[key], as: UTF8.self), keys.contains(text) {
                ranges[text] = start..<scanner.offset
            }
        }
        self.ranges = ranges
    }

    /// Where the value of a key lies, its type letter or length prefix included.
    subscript(key: String) -> Range<Int>? { ranges[key] }

    func required(_ key: String) throws(MetafileError) -> Range<Int> {
        guard let range = ranges[key] else {
            throw MetafileError(.malformed, offset: range.lowerBound, "the key \"\(key)\" is missing")
        }
        return range
    }

    func integer(_ key: String) throws(MetafileError) -> Int64 {
        let start = try required(key).lowerBound
        let token = token(at: start)
        guard case .integer(let integer) = token else {
            throw Self.mismatch("\"\(key)\"", token, offset: start, "an integer")
        }
        return integer
    }

    /// A string as a part of the metafile's bytes, not a copy.
    func string(_ key: String) throws(MetafileError) -> ArraySlice<UInt8> {
        let start = try required(key).lowerBound
        let token = token(at: start)
        guard case .bytes(let range) = token else {
            throw Self.mismatch("\"\(key)\"", token, offset: start, "a string")
        }
        return bytes[range]
    }

    func text(_ key: String) throws(MetafileError) -> String {
        guard let text = try String(validating: string(key), as: UTF8.self) else {
            throw failure(at: key, "\"\(key)\" must be UTF-8")
        }
        return text
    }

    /// Runs `body`, whose errors get the position of a key's value.
    func located<Result>(
        at key: String, _ body: () throws(MetafileError) -> Result
    ) throws(MetafileError) -> Result {
        do {
            return try body()
        } catch {
            throw failure(error.code, at: key, error.message)
        }
    }

    func failure(
        _ code: MetafileError.Code = .malformed, at key: String, _ message: String
    ) -> MetafileError {
        MetafileError(code, offset: ranges[key]?.lowerBound ?? range.lowerBound, message)
    }

    static func mismatch(
        _ title: String, _ token: BencodeScanner.Token?, offset: Int, _ expected: String
    ) -> MetafileError {
        let kind =
            switch token {
            case .integer: "an integer"
            case .bytes: "a string"
            case .listStart: "a list"
            case .dictionaryStart: "a dictionary"
            case .end, nil: "nothing"
            }
        return MetafileError(.malformed, offset: offset, "\(title) must be \(expected); it is \(kind)")
    }

    private func token(at offset: Int) -> BencodeScanner.Token? {
        var scanner = BencodeScanner(bytes, offset: offset)
        return try? scanner.next()
    }
}
