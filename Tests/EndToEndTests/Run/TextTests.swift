import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whatever the file holds: the chunk count follows, and every peer gets it.
@Suite struct TextTests {
    private func spread(
        _ text: some Sequence<UInt8>, chunks: Int, chunkSize: String = "1", _ style: String = "push-pull"
    ) async throws {
        let swarm = try SwarmFolder(text, peerCount: 3, chunkSize: chunkSize)
        let ending = try await swarm.run("--style", style)
        #expect(ending.code == 0, "\(ending.errors)")
        let summary = try swarm.record().summary
        #expect(summary.completed && summary.chunks == chunks)
        #expect(summary.messages.useful == 3 * chunks)
        for peer in swarm.peers { #expect(try swarm.copy(of: peer) == Array(text)) }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func oneByte() async throws {
        try await spread("G".utf8, chunks: 1)
    }

    @Test(.timeLimit(.patience(minutes: 5))) func textThatIsNotASCII() async throws {
        try await spread("Größe: 12 µm 🐝".utf8, chunks: 20)
    }

    @Test(.timeLimit(.patience(minutes: 5)), arguments: ["push", "pull"]) func aFileOfNoBytesIsCompleteAtOnce(
        style: String
    ) async throws {
        let swarm = try SwarmFolder([], peerCount: 3)
        let ending = try await swarm.run("--style", style)
        #expect(ending.code == 0, "\(ending.errors)")
        let record = try swarm.record()
        #expect(record.summary.cycles == 0 && record.summary.chunks == 0)
        #expect(record.summary.messages.sent == 0)
        for peer in swarm.peers { #expect(try swarm.copy(of: peer).isEmpty) }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func fiveThousandBytesWhoseLastChunkIsShort() async throws {
        let text = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 256) }
        try await spread(text, chunks: 13, chunkSize: "400")
    }

    /// To the end it would take some minutes: a node receives a handful of chunks a cycle.
    @Test(.timeLimit(.patience(minutes: 5))) func fiveThousandChunksOfOneByteMoveOn() async throws {
        let swarm = try SwarmFolder((0..<5_000).map { UInt8(truncatingIfNeeded: $0) }, peerCount: 3)
        let ending = try await swarm.run("--fanout", "3") { program in
            try await program.errors.line(containing: "cycle 8:")
            program.send(SIGINT)
        }
        #expect(ending.code == 130)
        let record = try swarm.record()
        #expect(!record.summary.completed && record.summary.chunks == 5_000)
        #expect(record.summary.messages.useful > 0)
        #expect(record.summary.messages.useful == record.cycles.reduce(0) { $0 + (Int($1["useful"] ?? "") ?? 0) })
    }
}
