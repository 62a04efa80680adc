import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the page is told is what the bus says, while a run goes on and after it.
@Suite struct WebRunTests {
    private struct Said: Hashable {
        let node: String
        let cycle: UInt64
        let counts: [Int]
    }

    private static func address(_ line: String) throws -> String {
        String(try #require(line.split(separator: " ").last))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func everyFrameSaysWhatTheBusSaid() async throws {
        let swarm = try SwarmFolder((0..<60).map { UInt8($0 + 33) }, peerCount: 4)
        let heard = Transcript()
        let told = Frames()
        // Long enough for the browser's stand-in and the monitor to be there before the end, also on a busy machine.
        let ending = try await swarm.run("--cycle", "500ms", "--web", "127.0.0.1:0") { run in
            let address = try Self.address(await run.errors.line(containing: "http://"))
            let log = try swarm.log(of: "tracker")
            let word = log.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("bus_subscribe=") }
            let bus = String(try #require(word).dropFirst("bus_subscribe=".count))
            try await withThrowingTaskGroup { group in
                group.addTask { await told.take(try await WebPage.frames(address)) }
                _ = try await Program.gotorrent("monitor", bus, "--json") { monitor in
                    try await run.errors.line(containing: "4 of 4 complete")
                    monitor.send(SIGTERM)
                    for line in await monitor.output.lines { await heard.append(line) }
                }
                try await group.waitForAll()
            }
        }
        #expect(ending.code == 0, "\(ending.errors)")
        try await check(told.frames, against: Self.reports(heard.lines))
        try await checkCurve(told.frames, swarm)
        try await checkReplay(swarm)
    }

    private static func reports(_ lines: [String]) -> Set<Said> {
        Set(
            lines.compactMap { BusLine($0) }.compactMap { line in
                guard line.topic.hasPrefix("progress."), let node = line.node, let cycle = line.cycle,
                    let held = line.chunksHeld, let counts = line.messages
                else { return nil }
                return Said(node: node, cycle: cycle, counts: [held, counts.useful, counts.redundant, counts.missed])
            })
    }

    /// Of whatever the monitor heard as well, the page says the same.
    private func check(_ frames: [PageFrameLine], against reports: Set<Said>) throws {
        let known = Dictionary(grouping: reports) { "\($0.node) \($0.cycle)" }
        var compared = 0
        for frame in frames {
            let nodes = frame.nodes
            for index in nodes.name.indices {
                guard let said = known["\(nodes.name[index]) \(nodes.cycle[index])"] else { continue }
                let counts = [nodes.held[index], nodes.useful[index], nodes.redundant[index], nodes.missed[index]]
                #expect(said.map(\.counts) == [counts], "\(nodes.name[index]) in cycle \(nodes.cycle[index])")
                compared += 1
            }
        }
        #expect(compared > 20, "only \(compared) rows could be compared")
        let last = try #require(frames.last)
        #expect(last.totals.complete == 4 && last.totals.peers == 4)
    }

    /// The curve is that of the record.
    private func checkCurve(_ frames: [PageFrameLine], _ swarm: SwarmFolder) throws {
        let last = try #require(frames.last).series
        let rows = try Self.rows(swarm)
        #expect(rows.count > 3)
        for (cycle, average) in zip(last.cycles, last.average) where cycle < rows.count {
            #expect(abs(rows[Int(cycle)].average - average) < 2e-6, "cycle \(cycle)")
        }
    }

    /// What `cycles.csv` says of each cycle.
    private static func rows(_ swarm: SwarmFolder) throws -> [(average: Double, complete: Int)] {
        try swarm.record().cycles.map { row in
            let average = try #require(row["average_fraction"].flatMap { Double($0) })
            return (average, try #require(row["complete_peers"].flatMap { Int($0) }))
        }
    }

    private func checkReplay(_ swarm: SwarmFolder) async throws {
        let rows = try Self.rows(swarm)
        _ = try await Program.gotorrent("monitor", swarm.output, "--web", "127.0.0.1:0") { monitor in
            let address = try Self.address(await monitor.errors.line(containing: "http://"))
            for cycle in [rows.count - 1, 2, 0] {
                let frame = try PageFrameLine(try await WebPage.get("\(address)frame?cycle=\(cycle)").body)
                #expect(frame.replay?.cycle == UInt64(cycle))
                #expect(abs((frame.series.average.last ?? -1) - rows[cycle].average) < 2e-6)
                #expect(frame.totals.complete == rows[cycle].complete)
            }
            monitor.send(SIGTERM)
        }
    }

    private actor Frames {
        private(set) var frames: [PageFrameLine] = []

        func take(_ frames: [PageFrameLine]) {
            self.frames = frames
        }
    }
}
