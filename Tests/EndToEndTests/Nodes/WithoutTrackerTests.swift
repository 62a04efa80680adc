import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Swarms that shuffle, and whose tracker dies or never was there: real processes, waited for by what they say.
@Suite struct WithoutTrackerTests {
    private static let rules = ["--peer-sampling", "cyclon", "--cycle", "200ms"]
    private static let text = (0..<60).map { UInt8($0 % 26 + 65) }

    @Test(.timeLimit(.patience(minutes: 5))) func peersJoinThroughALivingPeerWhenTheTrackerIsDead() async throws {
        // The clock starts when the seed and the first three peers are there.
        try await HandmadeSwarm.withTracker("--cycle", "200ms", "--expect", "4") { swarm, tracker in
            let (file, metafile) = try await swarm.create(Self.text)
            try await swarm.seed(metafile, file, Self.rules) {
                try await Self.whilePeersRun(3, swarm, metafile) { peers in
                    try await Self.killInCycleThree(tracker, swarm)
                    for peer in peers { try await peer.errors.line(containing: "the clock is silent") }
                    let isAnyComplete = await Self.isComplete(peers)
                    #expect(!isAnyComplete, "the tracker died before it was of no use any more")
                    let contact = try await Self.reference(peers[0])
                    try await Self.join(["late1", "late2"], by: contact, swarm, metafile)
                    for peer in peers { try await peer.errors.line(containing: "complete") }
                }
            }
            for name in ["peer1", "peer2", "peer3", "late1", "late2"] {
                #expect(try bytes(swarm.folder.path("\(name)/text.txt")) == Self.text, "\(name)")
            }
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aSwarmThatNeverHadATrackerCompletes() async throws {
        let folder = try TemporaryFolder()
        _ = try await Turn.swarms.take {
            // Nobody listens at port 1.
            let nowhere = "tcp://127.0.0.1:1"
            let swarm = HandmadeSwarm(folder: folder, tracker: nowhere, busSubscribe: nowhere, busPublish: nowhere)
            let (file, metafile) = try await swarm.create(Self.text)
            let options = ["seed", metafile, "--data", file] + swarm.nodeOptions + Self.rules
            return try await Program.run(Repository.program, options) { seed in
                let contact = try await Self.reference(seed)
                try await Self.join(["one", "two"], by: contact, swarm, metafile)
                seed.send(SIGTERM)
            }
        }
        for name in ["one", "two"] { #expect(try bytes(folder.path("\(name)/text.txt")) == Self.text, "\(name)") }
    }

    /// Runs peers that stay, while `body` works with them.
    private static func whilePeersRun(
        _ count: Int, _ swarm: HandmadeSwarm, _ metafile: String, started: [Program] = [],
        body: @escaping @Sendable ([Program]) async throws -> Void
    ) async throws {
        guard started.count < count else {
            try await body(started)
            return
        }
        let name = "peer\(started.count + 1)"
        let ending = try await get(name, swarm, metafile, ["--stay", "forever"]) { peer in
            try await peer.errors.line(containing: "listening")
            try await whilePeersRun(count, swarm, metafile, started: started + [peer], body: body)
            peer.send(SIGTERM)
        }
        #expect(ending.code == 130, "\(ending.errors)")
    }

    /// Gets the torrent at new peers that know one address and stay until all of them have it.
    private static func join(
        _ names: [String], by contact: String, _ swarm: HandmadeSwarm, _ metafile: String
    ) async throws {
        try await withThrowingTaskGroup { group in
            for name in names {
                group.addTask {
                    let ending = try await get(name, swarm, metafile, ["--stay", "0s", "--contact", contact])
                    #expect(ending.code == 0, "\(name): \(ending.errors)")
                }
            }
            try await group.waitForAll()
        }
    }

    private static func get(
        _ name: String, _ swarm: HandmadeSwarm, _ metafile: String, _ options: [String],
        body: @escaping @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Program.Ending {
        let arguments = ["get", metafile, "--output", swarm.folder.path(name), "--name", name]
        return try await Program.run(
            Repository.program, arguments + swarm.nodeOptions + rules + options, body: body)
    }

    private static func killInCycleThree(_ tracker: Program, _ swarm: HandmadeSwarm) async throws {
        _ = try await Program.gotorrent("monitor", swarm.busSubscribe, "--json") { monitor in
            _ = try await monitor.output.line("cycle 3") { line in
                BusLine(line)?.topic == "cycle" && (BusLine(line)?.cycle ?? 0) >= 3
            }
            tracker.send(SIGKILL)
            monitor.send(SIGTERM)
        }
    }

    private static func isComplete(_ peers: [Program]) async -> Bool {
        for peer in peers where await peer.errors.text.contains("complete") { return true }
        return false
    }

    /// Where a node listens, as it says in its log.
    private static func reference(_ node: Program) async throws -> String {
        let line = try await node.errors.line(containing: "listening")
        let word = try #require(line.split(separator: " ").first { $0.hasPrefix("peer_ref=") })
        return String(word.dropFirst("peer_ref=".count))
    }
}
