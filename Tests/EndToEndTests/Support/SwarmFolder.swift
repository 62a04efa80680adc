import TestSupport

/// A folder with a text and a topology that spreads it, for runs with the classic five peers or others.
struct SwarmFolder: Sendable {
    let folder: TemporaryFolder
    let peers: [String]

    /// - Parameter gossip: lines of the topology's `gossip`, each `key: value`; Δ is 100 ms unless one says otherwise.
    init(_ text: some Sequence<UInt8>, peerCount: Int = 5, chunkSize: String = "1") throws {
        folder = try TemporaryFolder()
        peers = (1...peerCount).map { "peer\($0)" }
        try folder.write("text.txt", Array(text))
        let nodes = ["  seed: {role: seed}"] + peers.map { "  \($0): {}" }
        try folder.write(
            "topology.yaml",
            """
            name: swarm
            torrent: {file: text.txt, chunk-size: \(chunkSize)}
            gossip: {cycle: 100ms}
            tracker: {port: 0}
            run: {stall-timeout: 300}
            nodes:
            \(nodes.joined(separator: "\n"))

            """)
    }

    var output: String { folder.path("run") }

    /// Runs the topology into `output`.
    func run(
        _ options: String..., environment: [String: String] = [:],
        body: @escaping @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Program.Ending {
        try await run(options, environment: environment, body: body)
    }

    func run(
        _ options: [String], environment: [String: String] = [:],
        body: @escaping @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Program.Ending {
        let arguments = ["run", folder.path("topology.yaml"), "--output", output, "--no-figures"] + options
        return try await Turn.swarms.take {
            try await Program.run(Repository.program, arguments, environment: environment, body: body)
        }
    }

    /// The record of a run that is over.
    func record() throws -> RunRecord { try RunRecord(output) }

    func copy(of peer: String) throws -> [UInt8] { try bytes("\(output)/data/\(peer)/text.txt") }

    func log(of node: String) throws -> String {
        String(decoding: try bytes("\(output)/logs/\(node).log"), as: UTF8.self)
    }
}
