import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A seed and five peers, some of them the Python nodes of `Samples/python`, started by hand.
struct MixedSwarm: Sendable {
    private static let peers = (1...5).map { "peer\($0)" }
    private static let nodes = ["seed"] + peers

    let swarm: HandmadeSwarm
    let file: String
    let metafile: String
    /// The nodes that are Python's.
    let strangers: Set<String>
    let options: [String]
    /// `gotorrent monitor --json`, which hears them all.
    let monitor: Program

    /// Spreads a file until everyone has reported it whole, and checks the copies and what was counted on the bus.
    static func run(_ content: [UInt8], chunkSize: String, strangers: Set<String>, options: [String]) async throws {
        try await HandmadeSwarm.withTracker("--cycle", "100ms", "--expect", "6") { swarm, tracker in
            let (file, metafile, _) = try await swarm.create("text", content, chunkSize: chunkSize)
            let watched = try await Program.gotorrent("monitor", swarm.busSubscribe, "--json") { monitor in
                let mixed = MixedSwarm(
                    swarm: swarm, file: file, metafile: metafile, strangers: strangers, options: options,
                    monitor: monitor)
                try await mixed.runNodes()
                monitor.send(SIGTERM)
            }
            for peer in peers { #expect(try bytes(swarm.folder.path("\(peer)/text")) == content, "\(peer)'s copy") }
            let size = try #require(UInt64(chunkSize.prefix { $0.isNumber })) * (chunkSize.hasSuffix("KiB") ? 1024 : 1)
            try check(
                watched.output.split(separator: "\n").compactMap { BusLine(String($0)) },
                chunkCount: (content.count - 1) / Int(size) + 1)
            tracker.send(SIGTERM)
        }
    }

    private func runNodes() async throws {
        try await withThrowingTaskGroup { group in
            for node in Self.nodes { group.addTask { try await run(node) } }
            try await group.waitForAll()
        }
    }

    /// Runs one node until all are complete; it then ends in good order.
    private func run(_ node: String) async throws {
        let data =
            node == "seed"
            ? ["seed", metafile, "--data", file]
            : ["get", metafile, "--output", swarm.folder.path(node), "--stay", "forever"]
        let arguments = data + ["--name", node] + swarm.nodeOptions + ["--cycle", "100ms"] + options
        let body: @Sendable (Program) async throws -> Void = { program in
            try await untilAllAreComplete()
            program.send(SIGTERM)
        }
        let ending =
            strangers.contains(node)
            ? try await Python.run([Repository.path("Samples/python/node.py")] + arguments, body: body)
            : try await Program.run(Repository.program, arguments + ["--exchange", "single"], body: body)
        #expect(ending.code == 130, "\(node): \(ending.errors)")
    }

    private func untilAllAreComplete() async throws {
        for node in Self.nodes {
            _ = try await monitor.output.line("a complete \(node)") { line in
                guard line.contains("\"\(node)\""), let report = BusLine(line), report.messages != nil else {
                    return false
                }
                return report.node == node && report.chunksHeld == report.chunkCount
            }
        }
    }

    /// What every node reported of one cycle adds up.
    private static func check(_ lines: [BusLine], chunkCount: Int) throws {
        let reports = Dictionary(grouping: lines.filter { $0.messages != nil }) { $0.cycle ?? 0 }
        // A node that slept through a tick has no report of that cycle.
        let whole = reports.values.filter { reports in
            Set(reports.compactMap(\.node)) == Set(nodes) && reports.allSatisfy { $0.chunksHeld == chunkCount }
        }
        let last = try #require(whole.min { ($0[0].cycle ?? 0) < ($1[0].cycle ?? 0) }, "no cycle with all complete")
        #expect(last.allSatisfy { $0.chunkCount == chunkCount })
        for report in last { #expect(report.messages?.useful == (report.node == "seed" ? 0 : chunkCount)) }
        let messages = last.compactMap(\.messages)
        #expect(messages.map(\.useful).reduce(0, +) == peers.count * chunkCount)
        #expect(messages.allSatisfy { $0.corrupt == 0 && $0.refused == 0 })
        // Every chunk that came was sent by one who counted it, and every answer was asked for.
        let arrived = messages.map { $0.useful + $0.redundant + $0.missed + $0.late }.reduce(0, +)
        #expect(arrived <= messages.map(\.sent).reduce(0, +))
        let events = Set(lines.compactMap { line in line.event.map { "\(line.node ?? "") \($0)" } })
        for peer in peers { #expect(events.contains("\(peer) completed"), "\(peer) says so") }
    }
}
