import Metainfo

/// A second encoder, written without looking at the first, to compare with: it builds every dictionary from an
/// ordinary `Dictionary` and sorts the pairs by comparing bytes one by one.
func slowlyBencoded(_ value: BencodeValue) -> [UInt8] {
    switch value {
    case .integer(let integer):
        return Array("i".utf8) + Array(String(integer).utf8) + Array("e".utf8)
    case .bytes(let string):
        return Array(String(string.count).utf8) + [58] + string
    case .list(let items):
        return [108] + items.map(slowlyBencoded).joined() + [101]
    case .dictionary(let dictionary):
        let unsorted = Dictionary(uniqueKeysWithValues: dictionary.entries.map { ($0.key, $0.value) })
        let sorted = unsorted.sorted { left, right in
            for (a, b) in zip(left.key, right.key) where a != b {
                return a < b
            }
            return left.key.count < right.key.count
        }
        return [100] + sorted.flatMap { slowlyBencoded(.bytes($0.key)) + slowlyBencoded($0.value) } + [101]
    }
}

/// Any value, nested up to `depth` levels.
func randomValue(depth: Int, using generator: inout SplitMix64) -> BencodeValue {
    switch Int.random(in: 0..<(depth > 0 ? 4 : 2), using: &generator) {
    case 0:
        let edges: [Int64] = [0, 1, -1, 9, 10, -10, .max, .min]
        return .integer(edges.randomElement(using: &generator) ?? 0)
    case 1:
        return .bytes(randomBytes(upTo: 12, using: &generator))
    case 2:
        let count = Int.random(in: 0...4, using: &generator)
        return .list((0..<count).map { _ in randomValue(depth: depth - 1, using: &generator) })
    default:
        var dictionary = BencodeDictionary()
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            let key = randomBytes(upTo: 3, using: &generator)
            dictionary[key] = randomValue(depth: depth - 1, using: &generator)
        }
        return .dictionary(dictionary)
    }
}

func randomBytes(upTo maximumCount: Int, using generator: inout SplitMix64) -> [UInt8] {
    let count = Int.random(in: 0...maximumCount, using: &generator)
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}
