import GossipCore
import Testing

@testable import GossipSimulation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is simulated against what was proved.
@Suite struct TheoryTests {
    /// Push: log2 n + ln n + O(1) (Pittel, *On spreading a rumor*, SIAM J. Appl. Math. 47, 1987).
    @Test(arguments: [64, 1_024])
    func pushSpreadsAsPittelSays(nodes: Int) throws {
        let statistics = try #require(
            Simulation(rumour(.push, nodes: nodes, runs: 16), workers: 2).run().cycleStatistics)
        let expected = log2(Double(nodes)) + log(Double(nodes))
        #expect(abs(statistics.mean - expected) < 2, "mean \(statistics.mean), theory \(expected)")
    }

    /// Push-pull: log3 n + O(ln ln n) (Karp, Schindelhauer, Shenker, Vöcking, *Randomized rumor spreading*, FOCS 2000).
    @Test(arguments: [64, 1_024])
    func pushPullSpreadsAsKarpSays(nodes: Int) throws {
        let statistics = try #require(
            Simulation(rumour(.pushPull, nodes: nodes, runs: 16), workers: 2).run().cycleStatistics)
        let least = log(Double(nodes)) / log(3.0)
        let most = least + 2 * log(log(Double(nodes)))
        #expect((least...most).contains(statistics.mean), "mean \(statistics.mean), theory \(least) to \(most)")
    }

    /// A combination of what a partner holds tells something new with a probability of at least 1 − 1/256, unless the
    /// partner has nothing new to tell (Deb, Médard and Choute, IEEE Trans. Inf. Theory 52, 2006): pull needs k cycles,
    /// and as many more as a rumour takes, where drawn chunks are collected like coupons.
    @Test func codedPacketsAreNotCollectedLikeCoupons() throws {
        func mean(_ selection: ChunkSelection) throws -> Double {
            var parameters = rumour(.pull, nodes: 50, runs: 10)
            parameters.chunks = 32
            parameters.gossip.chunkSelection = selection
            return try #require(Simulation(parameters, workers: 2).run().cycleStatistics).mean
        }
        let coded = try mean(.coded)
        #expect((32...32 + 20).contains(coded), "\(coded)")
        let random = try mean(.random)
        #expect(random > 2.5 * coded, "\(random) and \(coded)")
    }

    /// In the first cycle of pull, each of n − 1 peers draws the seed with probability 1 / (n − 1): one finds it on
    /// average, and a node that could draw itself, or one too many, would be seen.
    @Test func theFirstCycleOfPullIsBinomial() {
        let runs = 2_000
        var parameters = rumour(.pull, nodes: 6, runs: runs)
        parameters.cycleLimit = 1
        let result = Simulation(parameters, workers: 2).run()
        let mean = Double(result.totals.useful) / Double(runs)
        // Five draws at 1/5 each: mean 1, variance 0.8; four standard errors.
        #expect(abs(mean - 1) < 4 * (0.8 / Double(runs)).squareRoot())
    }

    /// In the first cycle of push, the seed's two partners get two chunks drawn from nine: both always arrive.
    @Test func theFirstCycleOfPushIsExact() {
        var parameters = classic(.push, view: .full, runs: 200)
        parameters.cycleLimit = 1
        let result = Simulation(parameters, workers: 1).run()
        #expect(result.totals.sent == 400)
        #expect(result.totals.useful == 400)
    }
}
