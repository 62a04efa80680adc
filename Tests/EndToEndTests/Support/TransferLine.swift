import Foundation

/// One line of `get --json` or `seed --json`, as far as tests ask.
struct TransferLine: Decodable {
    let node: String
    let name: String
    let state: String
    let bytes: Int
    let sentBytes: Int

    /// Nil where the line is no such object.
    init?(_ line: some StringProtocol) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let decoded = try? decoder.decode(TransferLine.self, from: Data(line.utf8)) else { return nil }
        self = decoded
    }

    static func all(of output: String) -> [TransferLine] {
        output.split(separator: "\n").compactMap { TransferLine($0) }
    }
}
