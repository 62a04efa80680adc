/// A dictionary with byte strings for keys, kept in the only order that bencoding allows: sorted as raw bytes.
///
/// An array of sorted entries instead of a `Dictionary`, because the order is part of the encoding and so of the
/// info hash, and because the few keys of a metafile are found faster by halving than by hashing.
package struct BencodeDictionary: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One key and its value.
    package struct Entry: Hashable, Sendable {
        package let key: [UInt8]
        package fileprivate(set) var value: BencodeValue
    }

    /// The entries by ascending key, no key twice.
    package private(set) var entries: [Entry] = []

    package init() {}

    /// The last value given for a key is the one that stays.
    package init(dictionaryLiteral elements: (String, BencodeValue)...) {
        for (key, value) in elements {
            self[key] = value
        }
    }

    /// The value at `key`, its UTF-8 bytes being the key; `nil` when there is none. Setting `nil` removes it.
    package subscript(key: String) -> BencodeValue? {
        get { self[Array(key.utf8)] }
        set { self[Array(key.utf8)] = newValue }
    }

    /// The value at `key`; `nil` when there is none. Setting `nil` removes it.
    package subscript(key: [UInt8]) -> BencodeValue? {
        get {
            let index = insertionIndex(of: key)
            return holds(key, at: index) ? entries[index].value : nil
        }
        set {
            let index = insertionIndex(of: key)
            switch (newValue, holds(key, at: index)) {
            case (let value?, true): entries[index].value = value
            case (let value?, false): entries.insert(Entry(key: key, value: value), at: index)
            case (nil, true): entries.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// Adds an entry whose key the caller knows to sort after all others, without searching for its place.
    mutating func append(key: [UInt8], value: BencodeValue) {
        entries.append(Entry(key: key, value: value))
    }

    private func holds(_ key: [UInt8], at index: Int) -> Bool {
        index < entries.count && entries[index].key == key
    }

    private func insertionIndex(of key: [UInt8]) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key.lexicographicallyPrecedes(key) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
