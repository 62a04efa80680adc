import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct MetricsTests {
    @Test(.timeLimit(.patience(minutes: 5)), .enabled(Promtool.absence) { await Promtool.isThere() })
    func prometheusItselfHasNothingToSay() async throws {
        let folder = try TemporaryFolder()
        for text in try await ScrapedSwarm.scrape().texts {
            let path = try folder.write("metrics", text)
            let ending = try await Program.run("/bin/sh", ["-c", "promtool check metrics < \"$0\"", path])
            #expect(ending.code == 0)
            #expect(ending.output + ending.errors == "")
        }
        // It does speak where there is something to say.
        let bad = try folder.write("bad", "# TYPE bad counter\nbad 1\n")
        let ending = try await Program.run("/bin/sh", ["-c", "promtool check metrics < \"$0\"", bad])
        #expect(ending.code != 0)
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aSharesMetricsAreOfItsTrackerAndItsSeeds() async throws {
        let folder = try TemporaryFolder()
        let paths = try ["one", "two"].map { try folder.write($0, $0) }
        let arguments = ["share", "--bind", "tcp://127.0.0.1:*", "--advertise", "127.0.0.1", "--metrics", "0"] + paths
        _ = try await Program.run(Repository.program, arguments) { share in
            for _ in paths { try await share.output.line(containing: "gotorrent get") }
            for _ in paths { try await share.errors.line(containing: "listening") }
            try await share.output.wait(forLines: 2)
            let metrics = try Exposition(try await ScrapedSwarm.text(of: share))
            #expect(metrics["gotorrent_tracker_members"] != nil)
            let names = metrics["gotorrent_node_info"]?.samples.compactMap { $0.labels["name"] }
            #expect(names?.sorted() == ["one", "two"])
            #expect(metrics.value("gotorrent_node_state", ["state": "complete"]) == nil, "there are two of them")
            share.send(SIGTERM)
        }
    }

    /// Where nobody asks for metrics nothing listens; where a topology does, every process has them.
    @Test(.timeLimit(.patience(minutes: 5)), arguments: [true, false]) func aTopologyGivesEachProcessMetrics(isOn: Bool)
        async throws
    {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 2)
        let path = swarm.folder.path("topology.yaml")
        let topology = String(decoding: swarm.folder.read("topology.yaml") ?? [], as: UTF8.self)
        if isOn { try swarm.folder.write("topology.yaml", topology + "metrics: 127.0.0.1:0\n") }
        let ending = try await swarm.run()
        #expect(ending.code == 0, "\(path): \(ending.errors)")
        for node in ["tracker", "seed", "peer1", "peer2"] {
            #expect(try swarm.log(of: node).contains("metrics are served") == isOn, "\(node)")
        }
    }

    /// In one process each event loop tells of its own nodes, and all of them together of everyone.
    @Test(.timeLimit(.patience(minutes: 5))) func nodesOfOneProcessTellOfThemselvesTogether() async throws {
        let swarm = try SwarmFolder((0..<60).map { UInt8($0 + 33) }, peerCount: 4)
        let topology = String(decoding: swarm.folder.read("topology.yaml") ?? [], as: UTF8.self)
        try swarm.folder.write("topology.yaml", topology + "metrics: 127.0.0.1:0\n")
        // Cycles are long, so that the run is there for as long as it is asked.
        let ending = try await swarm.run("--in-process", "--cycle", "1s") { run in
            try await run.errors.line(containing: "cycle 1:")
            let addresses = try swarm.log(of: "tracker").matches(of: /at=(http:\/\/[^ ]*\/metrics)/).map {
                String($0.1)
            }
            var nodes: [String] = []
            var trackers = 0
            for address in addresses {
                let metrics = try Exposition(try await WebPage.get(address).body)
                nodes += metrics["gotorrent_node_info"]?.samples.compactMap { $0.labels["node"] } ?? []
                trackers += metrics["gotorrent_tracker_members"] == nil ? 0 : 1
            }
            #expect(nodes.sorted() == swarm.peers + ["seed"])
            #expect(trackers == 1)
            run.send(SIGTERM)
        }
        #expect(ending.code == 130, "\(ending.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 5))) func whatIsWrongWithAnAddressIsSaid() async throws {
        let wrong = try await Program.gotorrent("tracker", "--metrics=lab1:6990")
        #expect(wrong.code == 64)
        #expect(wrong.errors.contains("the address must be HOST:PORT, HOST or PORT"), "\(wrong.errors)")
        try await HandmadeSwarm.withTracker("--metrics", "0") { _, tracker in
            let line = try await tracker.errors.line(containing: "metrics are served")
            let address = try #require(line.firstMatch(of: /at=http:\/\/(.*)\/metrics/)?.1)
            let taken = try await Program.gotorrent(
                "tracker", "--bind", "tcp://127.0.0.1:*", "--metrics", String(address))
            #expect(taken.code == 1)
            #expect(
                taken.errors.contains(
                    "gotorrent: cannot serve metrics at \(address): bind tcp://\(address): Address already in use"),
                "\(taken.errors)")
            tracker.send(SIGTERM)
        }
    }
}
