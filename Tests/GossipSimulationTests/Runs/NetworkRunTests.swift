import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct NetworkRunTests {
    private func onNetwork(
        _ parameters: SimulationParameters, _ change: (inout NetworkParameters) -> Void = { _ in }
    ) -> SimulationParameters {
        var parameters = parameters
        var network = NetworkParameters()
        change(&network)
        parameters.network = network
        return parameters
    }

    /// Without loss and delay the events give what the synchronous model gives, however nodes know each other.
    @Test(arguments: GossipStyle.allCases, [PeerView.full, .tracker(sampleSize: 3), .graph(.ring(degree: 2))])
    func withoutLossAndDelayRunsAreThoseOfTheSynchronousModel(style: GossipStyle, view: PeerView) throws {
        let runs = 250
        let parameters = classic(style, view: view, runs: runs, seed: 21)
        let both = [parameters, onNetwork(parameters)].map { Simulation($0, workers: 2).run() }
        let statistics = try both.map { try #require($0.cycleStatistics) }
        #expect(statistics.map(\.count) == [runs, runs])
        let variances = statistics.map { $0.standardDeviation * $0.standardDeviation / Double(runs) }
        let error = (variances[0] + variances[1]).squareRoot()
        #expect(
            abs(statistics[0].mean - statistics[1].mean) < 4 * error,
            "synchronous \(statistics[0].mean), events \(statistics[1].mean), standard error \(error)")
        // The test of Kolmogorov and Smirnov, one mistake in a thousand; fewer where values are whole numbers.
        let distance = largestDistance(both[0].cycles, both[1].cycles)
        #expect(distance < 1.95 * (2 / Double(runs)).squareRoot(), "distance \(distance)")
        #expect(both[1].totals.useful == both[0].totals.useful)
        #expect(both[1].totals.late == 0 && both[1].lost == 0)
        let sent = both.map { Double($0.totals.sent) / Double(runs) }
        #expect(abs(sent[0] / sent[1] - 1) < 0.08, "sent \(sent)")
        #expect(zip(both[0].curve, both[1].curve).allSatisfy { abs($0 - $1) < 0.08 })
    }

    /// The greatest difference of the two samples' distribution functions.
    private func largestDistance(_ left: [Cycle], _ right: [Cycle]) -> Double {
        let most = max(left.max() ?? 0, right.max() ?? 0)
        return (0...most).map { value in
            let shares = [left, right].map { sample in
                Double(sample.count { $0 <= value }) / Double(sample.count)
            }
            return abs(shares[0] - shares[1])
        }.max() ?? 0
    }

    /// Leading terms of Doerr and Kostrygin, *Randomized rumor spreading revisited*, ICALP 2017, up to a constant.
    @Test(arguments: GossipStyle.allCases, [0, 200, 500])
    func lossSlowsARumourAsItIsProved(style: GossipStyle, loss: Int) throws {
        let parameters = onNetwork(rumour(style, nodes: 128, runs: 16, seed: 3)) {
            $0.conditions.lossPermille = loss
        }
        let expected = try #require(SpreadingTheory(parameters).rumourCycles)
        let statistics = try #require(Simulation(parameters, workers: 2).run().cycleStatistics)
        // The constant grows with the loss.
        let slack = loss == 500 ? 5.0 : 3.5
        #expect(abs(statistics.mean - expected) < slack, "mean \(statistics.mean), theory \(expected)")
    }

    /// ⌈log2 nodes⌉ times what a chunk takes on an uplink, in which its holders can at most double: the optimum of
    /// Mundinger, Weber and Weiss, *Optimal scheduling of peer-to-peer file dissemination*, J. Scheduling 11, 2008.
    @Test(arguments: [(peers: 5, slots: 3), (peers: 15, slots: 4), (peers: 20, slots: 5)], GossipStyle.allCases)
    func uplinksBoundTheTime(size: (peers: Int, slots: Int), style: GossipStyle) throws {
        func seconds(rate: UInt64?) throws -> Statistics {
            var parameters = onNetwork(classic(style, view: .full, runs: 4)) {
                $0.chunkSize = 100_000 - Packet.overhead
                $0.pace.uplinkBytesPerSecond = rate
                // Long enough for what one node is asked for.
                $0.interval = .milliseconds(UInt64(size.peers) * 250)
            }
            (parameters.chunks, parameters.peers) = (1, size.peers)
            parameters.gossip.fanout = size.peers
            return try #require(Simulation(parameters, workers: 2).run().secondsStatistics)
        }
        // A chunk takes a tenth of a second.
        let limited = try seconds(rate: 1_000_000)
        #expect(limited.count == 4 && limited.minimum >= Double(size.slots) / 10, "\(limited.minimum) s")
        #expect(try seconds(rate: nil).maximum == 0, "without a limit everyone has it in the first cycle, at once")
    }

    @Test func coresDoNotChangeTheResult() {
        let parameters = onNetwork(classic(runs: 30, seed: 4)) {
            $0.conditions.delay = .milliseconds(20)
            ($0.conditions.lossPermille, $0.conditions.duplicationPermille) = (50, 20)
        }
        let result = Simulation(parameters, workers: 1).run()
        #expect(result == Simulation(parameters, workers: 2).run())
        #expect(result.lost > 0)
        #expect(result.traceHash == "7747b406c050950e")
    }

    @Test func keysOfTheNetworkAreThereWhereItIs() {
        let parameters = classic(runs: 2)
        let plain = Simulation(parameters, workers: 1).run().json
        #expect(!plain.contains("\"network\""))
        let network = onNetwork(parameters) {
            $0.conditions.lossPermille = 125
            $0.pace.uplinkBytesPerSecond = 12_500_000
            $0.interval = .milliseconds(100)
        }
        let json = Simulation(network, workers: 1).run().json
        for part in [
            "\"interval_ms\": 100, \"chunk_size\": 1, \"network\": {\"loss\": 0.125, \"delay_ms\": 0,",
            "\"uplink_bytes_per_second\": 12500000, \"downlink_bytes_per_second\": null, \"late\": 0,",
            "}, \"seconds\": {\"mean\": ",
        ] { #expect(json.contains(part), "\(json)") }
    }

    /// What a node that decodes has, is what its packets are worth.
    @Test func codedPacketsAreCountedAsTheSynchronousModelCountsThem() throws {
        var parameters = classic(runs: 100, seed: 5)
        parameters.gossip.chunkSelection = .coded
        let both = [parameters, onNetwork(parameters)].map { Simulation($0, workers: 2).run() }
        let means = try both.map { try #require($0.cycleStatistics).mean }
        #expect(abs(means[0] - means[1]) < 0.5, "\(means)")
        #expect(zip(both[0].curve, both[1].curve).allSatisfy { abs($0 - $1) < 0.08 })
    }

    @Test func aRunThatIsGivenUpEndsWithItsLimit() {
        var parameters = onNetwork(classic(.push, runs: 4))
        parameters.cycleLimit = 3
        let result = Simulation(parameters, workers: 1, recordsCycles: true).run()
        #expect(result.cycles.isEmpty && result.runs == 4)
        #expect(result.curve.count == 4 && (result.curve.last ?? 1) < 1)
        #expect(result.cycleRows.map(\.sent).reduce(0, +) == Double(result.totals.sent) / 4)
        #expect(result.secondsStatistics == nil)
    }

    @Test func anEmptyFileIsCompleteAtOnce() {
        var parameters = onNetwork(classic())
        parameters.chunks = 0
        #expect(Simulation(parameters, workers: 1).run().cycles == [0])
    }

    /// Who misses many answers is dropped, and where everyone knows everyone nobody would name them again.
    @Test func everyoneGoesOnKnowingEveryone() {
        var parameters = onNetwork(classic(.pull, view: .full, runs: 20)) { $0.conditions.lossPermille = 800 }
        parameters.peers = 1
        #expect(Simulation(parameters, workers: 2).run().cycles.count == 20)
    }
}
