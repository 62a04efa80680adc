import Foundation
import TestSupport

/// The page's server, and how tests ask it.
enum WebPage {
    static let program = BuiltProgram.path("gotorrent-web")
    private static let asking = Repository.path("scripts/web/ask.py")

    /// One answer.
    struct Answer: Decodable {
        let code: Int
        let body: String
        let cookie: String?
        let policy: String?
    }

    /// Runs the server while `body` asks it, and ends it.
    /// - Parameter source: a bus, or a run directory.
    @discardableResult
    static func serve(
        _ source: String, listen: String = "127.0.0.1:0",
        body: @escaping @Sendable (_ address: String) async throws -> Void
    ) async throws -> Program.Ending {
        try await Program.run(program, [source, "--listen", listen]) { server in
            let address = try await server.output.line(containing: "http://")
            try await body(address)
            server.send(SIGTERM)
        }
    }

    /// Everything that the server sends until it ends.
    static func frames(_ address: String) async throws -> [PageFrameLine] {
        let ending = try await Python.run(asking, "events", address)
        return try ending.output.split(separator: "\n").map { try PageFrameLine(String($0)) }
    }

    static func get(_ address: String) async throws -> Answer {
        let ending = try await Python.run(asking, "get", address)
        return try JSONDecoder().decode(Answer.self, from: Data(ending.output.utf8))
    }

    /// The page's newest frame.
    static func frame(_ address: String) async throws -> PageFrameLine {
        try PageFrameLine(try await get("\(address)frame").body)
    }

    /// Tells the clock of a run as its page does.
    /// - Returns: the answer's code.
    static func tellClock(_ address: String, _ command: String) async throws -> Int? {
        let request = "POST /clock?do=\(command) HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nX-GoTorrent: clock\\r\\n\\r\\n"
        return try await raw(address, [request]).first
    }

    /// The codes of the answers to these texts, 0 where there is none.
    static func raw(_ address: String, _ texts: [String]) async throws -> [Int] {
        let ending = try await Python.run([asking, "raw", address] + texts)
        return try JSONDecoder().decode([Int].self, from: Data(ending.output.utf8))
    }

    /// The codes of the answers to so many browsers at once, and how many frames the first of them got.
    static func crowd(_ address: String, _ count: Int) async throws -> (codes: [Int], frames: Int) {
        struct Result: Decodable {
            let codes: [Int]
            let frames: Int
        }
        let ending = try await Python.run(asking, "crowd", address, "\(count)")
        let result = try JSONDecoder().decode(Result.self, from: Data(ending.output.utf8))
        return (result.codes, result.frames)
    }
}
