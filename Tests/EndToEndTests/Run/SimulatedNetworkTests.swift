import TestSupport
import Testing

/// `gotorrent simulate` with a network, through the process.
@Suite struct SimulatedNetworkTests {
    @Test(.timeLimit(.patience(minutes: 5))) func optionsOfTheNetworkComeBackInTheResult() async throws {
        let ending = try await Program.gotorrent(
            "simulate", "--runs", "4", "--loss", "2.5%", "--delay", "5ms", "--cycle", "100ms", "--uplink", "10Mbit/s",
            "--chunk-size", "1KiB", "--reordering", "1%")
        #expect(ending.code == 0, "\(ending.errors)")
        #expect(ending.output.contains("\"interval_ms\": 100, \"chunk_size\": 1024, \"network\": {\"loss\": 0.025, "))
        #expect(ending.output.contains("\"reordering\": 0.01, \"uplink_bytes_per_second\": 1250000, "))
        #expect(ending.output.contains("\"completed_runs\": 4"))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aTopologyGivesWhatNoOptionGives() async throws {
        let ending = try await Program.gotorrent(
            "simulate", Repository.path("topology.yaml"), "--delay", "1ms", "--separation", "relaxed")
        #expect(ending.code == 0, "\(ending.errors)")
        #expect(ending.output.contains("\"interval_ms\": 1000, \"chunk_size\": 1, "))
        #expect(ending.output.contains("\"separation\": \"relaxed\""))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func theCostIsToldBesideTheResult() async throws {
        let plain = try await Program.gotorrent("simulate", "--runs", "3", "--seed", "2")
        let told = try await Program.gotorrent("simulate", "--runs", "3", "--seed", "2", "--cost")
        #expect(plain.output == told.output && plain.errors.isEmpty)
        #expect(told.errors.contains(" cycles, ") && told.errors.hasSuffix(" ns a node and cycle\n"), "\(told.errors)")
    }

    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [
            (["--loss", "0.05"], "--loss is 0.05; it must be a share in percent"),
            (["--loss", "100%"], "--loss is 100%; it must be from 0% to 99.9%"),
            (["--delay", "20"], "--delay is 20; it must have a unit"),
            (["--uplink", "10"], "--uplink is 10; it must be a rate and end in /s"),
            (["--cycle", "0ms"], "--cycle is 0ms; it must be at least 1ms"),
            (["--chunk-size", "0"], "--chunk-size is 0; it must be at least 1"),
            (["--delay", "1s"], "a chunk takes 1s and the cycle 1s, so with strict separation none would arrive"),
            (["--delay", "500ms", "--style", "pull"], "a chunk takes 1s and the cycle 1s"),
            (["--uplink", "1MB/s", "--chunk-size", "1MiB"], "or --separation relaxed"),
            (["--loss", "1%", "--peers", "1000000"], "it must have at most 1000000, or none of the network's options"),
        ] as [([String], String)])
    func whatCannotBeIsSaidWithWhatCan(arguments: [String], message: String) async throws {
        let ending = try await Program.run(Repository.program, ["simulate"] + arguments)
        #expect(ending.code == 2, "\(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
        #expect(ending.output.isEmpty)
    }
}
