import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whoever watches may come and go.
@Suite struct MonitorTests {
    /// Where the bus of a run is subscribed to: the tracker's log says so.
    private static func bus(of swarm: SwarmFolder) throws -> String {
        let log = try swarm.log(of: "tracker")
        let word = log.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("bus_subscribe=") }
        return String(try #require(word).dropFirst("bus_subscribe=".count))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func theSwarmDoesNotNoticeMonitorsThatComeAndGo() async throws {
        let swarm = try SwarmFolder((0..<90).map { UInt8($0 + 33) }, peerCount: 3)
        let ending = try await swarm.run { run in
            try await run.errors.line(containing: "cycle 1:")
            let bus = try Self.bus(of: swarm)
            let record = swarm.folder.path("events.csv")
            let first = try await Program.gotorrent("monitor", bus, "--json", "--record", record) { monitor in
                try await monitor.output.wait(forLines: 10)
                monitor.send(SIGINT)
            }
            #expect(first.code == 130)
            Self.check(first.output)
            // It came when the nodes were there already, and says so; a record is never written over.
            let seen = try RunRecord.rows(record).filter { $0["event"] == "seen" }
            #expect(!seen.isEmpty && seen.allSatisfy { $0["detail"]?.hasSuffix("of 90 chunks") == true })
            let again = try await Program.gotorrent("monitor", bus, "--record", record)
            #expect(again.code == 1 && again.errors.contains("cannot create \(record)"), "\(again.errors)")
            // One that goes without a word, and one that shows the table.
            _ = try await Program.gotorrent("monitor", bus, "--json") { monitor in
                try await monitor.output.wait(forLines: 1)
                monitor.send(SIGKILL)
            }
            let table = try await Program.gotorrent("monitor", bus) { monitor in
                try await monitor.output.line(containing: "cycle")
                monitor.send(SIGTERM)
            }
            #expect(table.code == 130)
        }
        #expect(ending.code == 0, "\(ending.errors)")
        let summary = try swarm.record().summary
        #expect(summary.completed && summary.messages.useful == 3 * 90)
        for peer in swarm.peers { #expect(try swarm.copy(of: peer).count == 90) }
    }

    /// Each line is one object, and a message of the protocol.
    private static func check(_ output: String) {
        let lines = output.split(separator: "\n").map { (text: $0, message: BusLine(String($0))) }
        var nodes: Set<String> = []
        var cycles: [UInt64] = []
        for line in lines {
            guard let message = line.message else {
                Issue.record("not a JSON object with a topic: \(line.text)")
                continue
            }
            if message.topic == "cycle" {
                cycles.append(message.cycle ?? 0)
                #expect(message.intervalMs == 100)
            } else {
                let node = message.node ?? ""
                let torrent = message.topic.split(separator: ".").dropFirst().first ?? ""
                #expect(torrent.count == 64)
                #expect(
                    message.topic == "progress.\(torrent).\(node)" || message.topic == "event.\(torrent).\(node)")
                nodes.insert(node)
            }
        }
        #expect(!cycles.isEmpty && cycles.allSatisfy { $0 > 0 } && cycles == cycles.sorted())
        #expect(nodes.isSubset(of: ["seed", "peer1", "peer2", "peer3"]) && nodes.count >= 2)
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aBusThatCannotBeIsRefused() async throws {
        let ending = try await Program.gotorrent("monitor", "nonsense")
        #expect(ending.code == 1)
        #expect(ending.errors.contains("nonsense"), "\(ending.errors)")
    }
}
