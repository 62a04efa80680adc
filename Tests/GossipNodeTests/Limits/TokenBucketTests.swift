import GossipCore
import Testing

@testable import GossipNode

@Suite struct TokenBucketTests {
    private func at(_ milliseconds: UInt64) -> TimePoint { TimePoint(nanoseconds: (1_000 + milliseconds) * 1_000_000) }

    @Test func whatIsTakenIsPaidForAtTheRate() {
        var bucket = TokenBucket(rateBytesPerSecond: 1_000)
        #expect(bucket.take(100, at: at(0)) == at(100))
        #expect(bucket.take(100, at: at(0)) == at(200))
        #expect(bucket.take(50, at: at(150)) == at(250))
    }

    /// What was under way from the start is paid for before anything follows it.
    @Test func theFirstAmountWaitsForWhatIsUnderWay() {
        var bucket = TokenBucket(rateBytesPerSecond: 1_000, lead: .milliseconds(250))
        #expect(bucket.take(100, at: at(0)) == at(350))
        #expect(bucket.take(100, at: at(0)) == at(450))
        #expect(bucket.take(100, at: at(450)) == at(550))
    }

    @Test func aShortPauseIsMadeUpForAndALongOneIsNot() {
        var bucket = TokenBucket(rateBytesPerSecond: 1_000, burst: .milliseconds(250))
        _ = bucket.take(100, at: at(0))
        #expect(bucket.take(100, at: at(200)) == at(200))
        // Paid for at 200; of the 800 ms since then 250 count.
        #expect(bucket.take(500, at: at(1_000)) == at(1_250))
    }

    /// Whatever comes when, over a long time the rate is the rate.
    @Test(arguments: [1, 7, 40]) func theRateHoldsOverTime(seed: UInt64) {
        var dice = RandomGenerator(seed: seed)
        var bucket = TokenBucket(rateBytesPerSecond: 1_000_000)
        var now = at(0)
        var total = 0
        while now < at(60_000) {
            let amount = Int(1 + dice.next() % 100_000)
            total += amount
            let due = bucket.take(amount, at: now)
            // The next one comes when this one is paid for, and some time later where its user is slow.
            now = max(now, due) + TimeSpan(nanoseconds: dice.next() % 50_000_000)
        }
        let rate = Double(total) / (Double(now.since(at(0)).nanoseconds) / 1e9)
        #expect(rate > 950_000 && rate < 1_010_000)
    }

    @Test func hugeAmountsDoNotOverflow() {
        var bucket = TokenBucket(rateBytesPerSecond: 1)
        #expect(bucket.take(.max, at: at(0)) > at(1_000_000))
        #expect(bucket.take(.max, at: at(0)) > at(1_000_000))
    }
}
