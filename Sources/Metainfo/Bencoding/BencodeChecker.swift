/// Checks that bytes are one canonically bencoded value (BEP 3), keeping nothing of it: what it needs grows with the
/// nesting, which is limited, and not with the size, so even the largest metafile costs next to no memory here.
struct BencodeChecker {
    /// A list or dictionary whose end has not been reached.
    private struct Level {
        let isDictionary: Bool
        /// Where the last key lies, once there was one.
        var lastKey: Range<Int>?
        /// Whether the value of that key has not come yet.
        var awaitsValue = false

        var expectsKey: Bool { isDictionary && !awaitsValue }
    }

    private var scanner: BencodeScanner
    private var levels: [Level] = []
    private var valueCount = 0
    private let maximumValueCount: Int

    private init(_ bytes: [UInt8], maximumValueCount: Int) {
        scanner = BencodeScanner(bytes)
        self.maximumValueCount = maximumValueCount
    }

    /// - Throws: `BencodeError` with the position of the first byte that cannot be part of the value.
    static func check(_ bytes: [UInt8], maximumValueCount: Int = .max) throws(BencodeError) {
        var checker = BencodeChecker(bytes, maximumValueCount: maximumValueCount)
        while try checker.takeToken() {}
    }

    /// Takes one token; `false` where it was the last one.
    private mutating func takeToken() throws(BencodeError) -> Bool {
        let start = scanner.offset
        let token = try scanner.next()
        switch token {
        case .bytes(let range) where levels.last?.expectsKey == true:
            try takeKey(range, offset: start)
            return true
        case .listStart, .dictionaryStart:
            try refuseKey(offset: start)
            guard levels.count < BencodeDecoder.maximumDepth else {
                throw BencodeError(offset: start, "values nest deeper than \(BencodeDecoder.maximumDepth) levels")
            }
            levels.append(Level(isDictionary: token == .dictionaryStart))
            return true
        case .end:
            guard let level = levels.popLast() else {
                throw BencodeError(offset: start, "an e ends a list or dictionary, but none is open")
            }
            guard !level.awaitsValue else {
                throw BencodeError(offset: start, "a key without a value")
            }
        case .bytes, .integer:
            try refuseKey(offset: start)
        }
        return try takeValue(offset: start)
    }

    /// Counts a value that has ended; `false` where it was the outermost one.
    private mutating func takeValue(offset: Int) throws(BencodeError) -> Bool {
        valueCount += 1
        guard valueCount <= maximumValueCount else {
            throw BencodeError(offset: offset, "more than \(maximumValueCount) values")
        }
        guard let last = levels.indices.last else {
            guard scanner.isAtEnd else {
                throw BencodeError(offset: scanner.offset, "the data goes on after its one value")
            }
            return false
        }
        levels[last].awaitsValue = false
        return true
    }

    private mutating func takeKey(_ key: Range<Int>, offset: Int) throws(BencodeError) {
        let last = levels.count - 1
        if let previous = levels[last].lastKey {
            let before = scanner.bytes[previous]
            let new = scanner.bytes[key]
            guard before.lexicographicallyPrecedes(new) else {
                throw BencodeError(
                    offset: offset,
                    before == new ? "a key occurs twice in a dictionary" : "the keys of a dictionary are sorted")
            }
        }
        levels[last].lastKey = key
        levels[last].awaitsValue = true
    }

    private func refuseKey(offset: Int) throws(BencodeError) {
        if levels.last?.expectsKey == true {
            throw BencodeError(offset: offset, "the key of a dictionary is a string")
        }
    }
}
