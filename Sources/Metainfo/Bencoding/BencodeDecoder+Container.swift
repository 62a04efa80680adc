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

        /// Whether the next thing is a key, or the end.
        var expectsKey: Bool { isDictionary && key == nil }

        mutating func accept(key: [UInt8]) {
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

        var value: BencodeValue { isDictionary ? .dictionary(dictionary) : .list(items) }
    }
}
