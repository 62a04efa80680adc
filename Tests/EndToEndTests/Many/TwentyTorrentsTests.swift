import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Twenty torrents in one seed process and one peer process.
@Suite struct TwentyTorrentsTests {
    /// Under a limit of 8 MiB/s, 40 MiB in 20 torrents: when the first is there, the others are not far behind.
    ///
    /// (By itself the fastest was 1.1 times as fast as the slowest; 2.3 times, an index of 0.96, on a machine with 25
    /// busy processes on two cores.)
    @Test(.timeLimit(.patience(minutes: 5))) func anUploadLimitIsSharedFairly() async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let torrents = try await ManyTorrents(swarm, count: 20, size: 2 << 20, chunkSize: "64KiB")
            try await swarm.watchingBus { monitor in
                let seeding = try await torrents.seed(["--upload-limit", "8MiB/s"]) { seed in
                    let clock = ContinuousClock()
                    let start = clock.now
                    let ending = try await torrents.get(["--stay", "500ms", "--json", "--name", "taker"])
                    // A limit for each would be twenty times as fast; a chunk each is under way unpaid.
                    #expect(clock.now - start > .seconds(5))
                    #expect(ending.code == 0, "\(ending.errors)")
                    let complete = TransferLine.all(of: ending.output).filter { $0.state == "complete" }
                    #expect(Set(complete.map(\.name)) == Set(torrents.names))
                    seed.send(SIGTERM)
                }
                #expect(seeding.code == 130)
                if !Sanitizer.isOn { Self.checkFairness(await monitor.output.lines) }
            }
            #expect(torrents.wrongCopies() == [])
        }
    }

    /// - Parameter lines: of the bus, on which each node tells in each cycle what it holds.
    private static func checkFairness(_ lines: [String]) {
        var held: [String: Int] = [:]
        for line in lines where line.contains("\"taker") {
            guard let line = BusLine(line), let node = line.node, let chunks = line.chunksHeld else { continue }
            held[node] = chunks
            if chunks == 32 { break }
        }
        #expect(Set(held.keys) == Set(["taker"] + (2...20).map { "taker-\($0)" }))
        #expect(held.values.contains(32) && held.values.allSatisfy { $0 >= 8 }, "\(held)")
        #expect(fairnessIndex(held.values.map(Double.init)) > 0.9, "\(held)")
    }

    /// Jain's index: 1 where all have the same, 1 over their number where one has everything (Jain, Chiu, Hawe, "A
    /// quantitative measure of fairness and discrimination", 1984).
    private static func fairnessIndex(_ shares: [Double]) -> Double {
        let sum = shares.reduce(0, +)
        return sum * sum / (Double(shares.count) * shares.reduce(0) { $0 + $1 * $1 })
    }

    #if os(Linux)
        /// 160 MiB in all, of which neither process has much in memory at any time.
        @Test(.timeLimit(.patience(minutes: 5)), .disabled(if: Sanitizer.isOn)) func withoutALimitMemoryIsBounded()
            async throws
        {
            try await HandmadeSwarm.withTracker { swarm in
                let torrents = try await ManyTorrents(swarm, count: 20, size: 8 << 20, chunkSize: "256KiB")
                _ = try await torrents.seed { seed in
                    let getting = try await torrents.get(["--stay", "forever"]) { get in
                        for name in torrents.names {
                            _ = try await get.errors.line("complete") {
                                $0.contains("complete") && $0.contains("/\(name)")
                            }
                        }
                        for (program, role) in [(seed, "seed"), (get, "peer")] {
                            let peak = try Self.peakMemory(program)
                            #expect(peak < 128 << 20, "the \(role) had \(peak >> 20) MiB in memory")
                        }
                        get.send(SIGTERM)
                    }
                    #expect(getting.code == 130)
                    #expect(torrents.wrongCopies() == [])
                    seed.send(SIGTERM)
                }
            }
        }

        /// The most that a process ever had in memory, in bytes, its program included.
        private static func peakMemory(_ program: Program) throws -> Int {
            let status = String(decoding: try bytes("/proc/\(program.processIdentifier)/status"), as: UTF8.self)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            let kibibytes = line.split(whereSeparator: \.isWhitespace)[1]
            return try #require(Int(kibibytes)) << 10
        }
    #endif
}
