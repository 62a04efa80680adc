import Foundation

/// One line of `gotorrent monitor --json`, as far as tests ask.
struct BusLine: Decodable {
    let topic: String
    let cycle: UInt64?
    let node: String?
    let event: String?
    let chunksHeld: Int?
    let intervalMs: Int?

    /// Nil where the line is not one JSON object with a topic.
    init?(_ line: String) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let decoded = try? decoder.decode(BusLine.self, from: Data(line.utf8)) else { return nil }
        self = decoded
    }
}
