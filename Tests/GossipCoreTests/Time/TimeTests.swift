import GossipCore
import Testing

@Suite struct TimeTests {
    @Test func spansInTheirUnits() {
        #expect(TimeSpan.seconds(2) == .milliseconds(2_000))
        #expect(TimeSpan.milliseconds(3).nanoseconds == 3_000_000)
        #expect(TimeSpan(nanoseconds: 1_999_999).milliseconds == 1)
        #expect(TimeSpan.seconds(1) < .seconds(2))
        #expect(TimeSpan.seconds(1) + .milliseconds(5) == .milliseconds(1_005))
        #expect(TimeSpan.milliseconds(5) * 3 == .milliseconds(15))
    }

    @Test func spansEndWhereTheNumberDoes() {
        let longest = TimeSpan(nanoseconds: .max)
        #expect(TimeSpan.seconds(.max) == longest && TimeSpan.milliseconds(.max) == longest)
        #expect(longest + .seconds(1) == longest && longest * 2 == longest)
        #expect(longest * 0 == TimeSpan(nanoseconds: 0))
    }

    @Test func momentsAndTheTimeBetween() {
        let moment = TimePoint(nanoseconds: 5)
        #expect(moment + TimeSpan(nanoseconds: 3) == TimePoint(nanoseconds: 8))
        #expect(moment + .seconds(.max) == TimePoint(nanoseconds: .max))
        #expect(TimePoint(nanoseconds: 8).since(moment).nanoseconds == 3)
        #expect(moment.since(TimePoint(nanoseconds: 8)).nanoseconds == 0)
        #expect(moment < TimePoint(nanoseconds: 6))
    }
}
