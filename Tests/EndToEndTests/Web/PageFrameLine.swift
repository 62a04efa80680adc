import Foundation

/// A frame of the page, as far as tests ask.
struct PageFrameLine: Decodable {
    struct Nodes: Decodable {
        let name: [String]
        let held, useful, redundant, missed: [Int]
        let cycle: [UInt64]
    }

    struct Series: Decodable {
        let cycles: [UInt64]
        let average: [Double]
    }

    struct Totals: Decodable {
        let complete, peers: Int
    }

    struct Replay: Decodable {
        let first, last, cycle: UInt64
    }

    struct Clock: Decodable {
        let cycle: UInt64
        let intervalMilliseconds: UInt64?
    }

    struct Control: Decodable {
        let isPaused: Bool
    }

    let clock: Clock
    let nodes: Nodes
    let series: Series
    let totals: Totals
    let replay: Replay?
    let control: Control?

    init(_ line: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(PageFrameLine.self, from: Data(line.utf8))
    }
}
