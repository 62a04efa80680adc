import Foundation

/// One line of `gotorrent monitor --json`, as far as tests ask.
struct BusLine: Decodable {
    let topic: String
    let cycle: UInt64?
    let node: String?
    let event: String?
    let chunksHeld, chunkCount: Int?
    let intervalMs: Int?
    let bytes: Bytes?
    let messages: Messages?

    /// Some of a node's counters.
    struct Messages: Decodable {
        let sent, useful, redundant, missed, late, corrupt, refused: Int
    }

    /// Bytes of chunks.
    struct Bytes: Decodable {
        let sent, received: Int
    }

    /// Nil where the line is not one JSON object with a topic.
    init?(_ line: String) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let decoded = try? decoder.decode(BusLine.self, from: Data(line.utf8)) else { return nil }
        self = decoded
    }

    /// What a node reported, cycle by cycle.
    static func reports(of node: String, in lines: [String]) -> [(cycle: UInt64, bytes: Bytes)] {
        lines.filter { $0.contains("\"\(node)\"") }.compactMap { line in
            guard let line = BusLine(line), line.node == node, let cycle = line.cycle, let bytes = line.bytes else {
                return nil
            }
            return (cycle, bytes)
        }
    }
}
