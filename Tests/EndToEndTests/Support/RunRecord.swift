import Foundation

/// The run directory that a run left, read as a user's script would.
struct RunRecord {
    let path: String
    let summary: Summary
    /// The rows of cycles.csv, nodes.csv and links.csv, by column.
    let cycles: [[String: String]]
    let nodes: [[String: String]]
    let links: [[String: String]]
    /// The rows of events.csv, of which no value has a comma here.
    let events: [[String: String]]

    struct Summary: Decodable {
        struct Messages: Decodable {
            let sent, useful, redundant, missed, late, corrupt: Int
        }

        let name, style, chunkSelection: String
        let fanout, intervalMs, peers, chunks, fileBytes: Int
        let completed: Bool
        let cycles: Int?
        let messages: Messages
        let seedCopies, wallSeconds: Double
    }

    init(_ path: String) throws {
        self.path = path
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        summary = try decoder.decode(Summary.self, from: Data(contentsOf: URL(fileURLWithPath: path + "/summary.json")))
        cycles = try Self.rows(path + "/cycles.csv")
        nodes = try Self.rows(path + "/nodes.csv")
        links = try Self.rows(path + "/links.csv")
        events = try Self.rows(path + "/events.csv")
    }

    /// The sum of a column, as whole numbers.
    static func sum(_ column: String, of rows: [[String: String]]) -> Int {
        rows.reduce(0) { $0 + (Int($1[column] ?? "") ?? 0) }
    }

    static func header(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").first.map(String.init) ?? ""
    }

    static func rows(_ path: String) throws -> [[String: String]] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let columns = lines.first?.split(separator: ",").map(String.init) ?? []
        return lines.dropFirst().map { line in
            let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(uniqueKeysWithValues: zip(columns, values))
        }
    }
}
