import TestSupport
import Testing

/// The page of a run holds the clock, wherever the tracker is: on a host, or in the launcher's own process. That of a
/// process on the same machine is held in a browser (`scripts/test-web.sh`).
@Suite struct HeldClockTests {
    private static let heldMilliseconds: UInt64 = 3_600_000

    #if os(Linux)
        @Test(.timeLimit(.patience(minutes: 5))) func onAHost() async throws {
            let hosts = try HostsFolder(chunkCount: 60)
            let ending = try await hosts.run("--cycle", "200ms", "--web", "127.0.0.1:0") {
                try await Self.pause($0)
            }
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(hosts.isNothingLeft)
        }
    #endif

    @Test(.timeLimit(.patience(minutes: 5)), arguments: [["--in-process"], []])
    func fromTheFirstCycleOn(options: [String]) async throws {
        let swarm = try SwarmFolder((0..<60).map { UInt8($0 + 33) }, peerCount: 3)
        let ending = try await swarm.run(options + ["--cycle", "200ms", "--web", "127.0.0.1:0", "--hold"]) { run in
            let address = try await Self.address(run)
            let frame = try await Self.frame(address) { $0.clock.cycle > 0 }
            #expect(frame.control?.isPaused == true)
            #expect(frame.clock.cycle == 1 && frame.clock.intervalMilliseconds == Self.heldMilliseconds)
            try await Self.goOn(address, from: 1)
        }
        #expect(ending.code == 0, "\(ending.errors)")
        let cycles = try swarm.record().cycles.map { $0["cycle"] }
        #expect(cycles == cycles.indices.map { "\($0)" })
    }

    private static func address(_ run: Program) async throws -> String {
        String(try #require(try await run.errors.line(containing: "http://").split(separator: " ").last))
    }

    /// Holds the clock of a run, and lets it go.
    private static func pause(_ run: Program) async throws {
        let address = try await address(run)
        try await run.errors.line(containing: "cycle 2:")
        #expect(try await WebPage.tellClock(address, "pause") == 200)
        try await goOn(address, from: frame(address) { $0.clock.intervalMilliseconds == heldMilliseconds }.clock.cycle)
    }

    /// Sees that the clock stays, goes on by a cycle, and lets it run.
    private static func goOn(_ address: String, from held: UInt64) async throws {
        // Longer than the three intervals after which nodes take a silent clock for a lost one.
        try await Task.sleep(for: .seconds(1))
        #expect(try await WebPage.frame(address).clock.cycle == held)
        #expect(try await WebPage.tellClock(address, "step") == 200)
        let next = try await frame(address) { $0.clock.cycle > held }.clock
        #expect(next.cycle == held + 1 && next.intervalMilliseconds == heldMilliseconds)
        #expect(try await WebPage.tellClock(address, "resume") == 200)
    }

    /// The frame once it is so: nobody tells when one that is asked for has changed.
    private static func frame(_ address: String, until isSo: (PageFrameLine) -> Bool) async throws -> PageFrameLine {
        while true {
            let frame = try await WebPage.frame(address)
            if isSo(frame) { return frame }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
