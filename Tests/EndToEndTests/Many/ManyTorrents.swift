import TestSupport

/// Torrents that one process seeds and another one gets.
struct ManyTorrents: Sendable {
    let swarm: HandmadeSwarm
    /// Where the seed's files are.
    let data: String
    let names: [String]
    var metafiles: [String] { names.map { swarm.folder.path("\($0).torrent") } }
    var output: String { swarm.folder.path("downloads") }

    /// Makes a swarm's files, all of one size in bytes, and their metafiles.
    init(_ swarm: HandmadeSwarm, count: Int, size: Int, chunkSize: String) async throws {
        self.swarm = swarm
        data = swarm.folder.path
        names = (1...count).map { "file\($0).bin" }
        for (number, name) in names.enumerated() {
            _ = try await swarm.create(name, LargeContent.bytes(size, seed: UInt64(number)), chunkSize: chunkSize)
        }
    }

    /// Seeds them all in one process while `body` works with them.
    func seed(
        _ options: [String] = [], body: @escaping @Sendable (Program) async throws -> Void
    ) async throws -> Program.Ending {
        try await Program.run(
            Repository.program, ["seed"] + metafiles + ["--data", data] + swarm.nodeOptions + options
        ) { program in
            for name in names { _ = try await program.errors.line("listening") { $0.contains("name=\(name) ") } }
            try await body(program)
        }
    }

    /// Gets them all in one process.
    func get(
        _ options: [String], body: @escaping @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Program.Ending {
        try await Program.run(
            Repository.program, ["get"] + metafiles + ["--output", output] + swarm.nodeOptions + options, body: body)
    }

    /// Those whose copies differ from the seed's files, or are not there.
    func wrongCopies() -> [String] {
        names.filter { name in
            guard let copy = try? bytes("\(output)/\(name)") else { return true }
            return copy != (try? bytes("\(data)/\(name)"))
        }
    }
}
