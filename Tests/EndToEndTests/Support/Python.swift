import Foundation

/// The Python with which strangers' nodes are run.
enum Python {
    /// The python3 that scripts/setup.sh found pyzmq with, or the system's.
    private static let path = ProcessInfo.processInfo.environment["GOTORRENT_PYTHON"] ?? "/usr/bin/python3"

    /// What a test that is left out says.
    static let absence = "no python3 with pyzmq; scripts/setup.sh --tests installs it"

    static func hasPyZMQ() async -> Bool {
        let ending = try? await run("-c", "import zmq")
        return ending?.code == 0
    }

    /// Runs python3 to its end.
    /// - Parameter body: watches it meanwhile.
    static func run(
        _ arguments: [String], body: @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Program.Ending {
        // No __pycache__ is left among the sources.
        try await Program.run(
            "/usr/bin/env", [path] + arguments, environment: ["PYTHONDONTWRITEBYTECODE": "1"], body: body)
    }

    static func run(_ arguments: String...) async throws -> Program.Ending { try await run(arguments) }
}
