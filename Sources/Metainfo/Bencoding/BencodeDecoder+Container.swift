extension BencodeDecoder {
    /// A list or dictionary whose end has not been reached.
    ///
    /// Both kinds share one struct: a payload taken out of an enum, changed and put back would be copied each time.
    struct Container {
        let isDictionary: Bool
        private var items: [BencodeValue] = []
        private var dictionary = BencodeDictionary()
        private var key: [UInt8]?

        init(isDictionary: Bool) {
            self.isDictionary = isDictionary
        }

        /// Whether the next thing must be a key, or the end.
        var expectsKey: Bool { isDictionary && key == nil }

        mutating func acceptKey(_ key: [UInt8], offset: Int) throws(BencodeError) {
            if let previous = dictionary.entries.last?.key, !previous.lexicographicallyPrecedes(key) {
                throw BencodeError(
                    offset: offset,
                    previous == key ? "a key occurs twice in a dictionary" : "the keys of a dictionary are sorted")
            }
            self.key = key
        }

        mutating func accept(_ value: BencodeValue) {
            if let key {
                dictionary.append(key: key, value: value)
                self.key = nil
            } else {
                items.append(value)
            }
        }

        func close(offset: Int) throws(BencodeError) -> BencodeValue {
            guard key == nil else {
                throw BencodeError(offset: offset, "a key without a value")
            }
            return isDictionary ? .dictionary(dictionary) : .list(items)
        }
    }
}
