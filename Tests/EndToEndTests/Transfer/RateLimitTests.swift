import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Limits of rates, measured from outside: by what nodes report in each cycle, by the tracker's clock.
@Suite struct RateLimitTests {
    private static let size = 64 << 20
    private static let limit = 16.0 * 1_048_576
    private static let cycleSeconds = 0.05

    /// Never more than 5 % above the limit; as far below it as a busy machine makes it.
    @Test(.timeLimit(.patience(minutes: 5)), arguments: ["--upload-limit", "--download-limit"])
    func theRateIsThatOfTheLimit(option: String) async throws {
        try await HandmadeSwarm.withTracker { swarm in
            let torrent = try await swarm.create(
                "large.bin", LargeContent.bytes(Self.size, seed: 5), chunkSize: "256KiB")
            let limit = [option, "16MiB/s"]
            try await swarm.watchingBus { monitor in
                try await swarm.seed(torrent.metafile, torrent.file, option == "--upload-limit" ? limit : []) {
                    let ending = try await swarm.get(
                        torrent.metafile,
                        ["--name", "taker", "--stay", "500ms"] + (option == "--download-limit" ? limit : []))
                    #expect(ending.code == 0, "\(ending.errors)")
                }
                try Self.check(BusLine.reports(of: "taker", in: await monitor.output.lines), option)
            }
            #expect(try bytes(swarm.folder.path("downloads/large.bin")) == bytes(torrent.file))
        }
    }

    private static func check(_ reports: [(cycle: UInt64, bytes: BusLine.Bytes)], _ option: String) throws {
        let first = try #require(reports.first { $0.bytes.received > 0 })
        let last = try #require(reports.last { $0.bytes.received < size })
        let seconds = Double(last.cycle - first.cycle) * cycleSeconds
        try #require(seconds > 2, "64 MiB at 16 MiB/s take four seconds")
        let rate = Double(last.bytes.received - first.bytes.received) / seconds / limit
        #expect(rate < 1.05 && rate > 0.7, "\(option): \(rate) of the limit over \(seconds) s")
    }
}
