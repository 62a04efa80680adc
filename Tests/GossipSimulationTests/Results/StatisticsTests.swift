import Testing

@testable import GossipSimulation

@Suite struct StatisticsTests {
    @Test func figuresOfASample() throws {
        let statistics = try #require(Statistics([4, 1, 3, 2]))
        #expect(statistics.mean == 2.5)
        #expect(abs(statistics.standardDeviation - 1.2909944487358056) < 1e-15)
        #expect([statistics.minimum, statistics.maximum] == [1, 4])
        #expect(statistics.count == 4)
    }

    @Test(arguments: [(0.05, 1.0), (0.25, 1), (0.26, 2), (0.5, 2), (0.75, 3), (0.95, 4), (1, 4)])
    func quantilesAreNearestRanks(share: Double, expected: Double) throws {
        #expect(try #require(Statistics([4, 1, 3, 2])).quantile(share) == expected)
    }

    @Test func ofOneAndOfNone() throws {
        let one = try #require(Statistics([3]))
        #expect([one.mean, one.standardDeviation, one.quantile(0.5)] == [3, 0, 3])
        #expect(Statistics([]) == nil)
    }
}
