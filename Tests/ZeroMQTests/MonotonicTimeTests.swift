import Testing

@testable import ZeroMQ

@Suite struct MonotonicTimeTests {
    private let start = MonotonicTime(nanoseconds: 5_000_000_000)

    @Test func addsAndSubtracts() {
        #expect(start + .milliseconds(2) == MonotonicTime(nanoseconds: 5_002_000_000))
        #expect(start + .seconds(-1) == MonotonicTime(nanoseconds: 4_000_000_000))
        #expect((start + .microseconds(7)) - start == .microseconds(7))
        #expect(start < start + .nanoseconds(1))
        #expect(start + Duration(secondsComponent: 0, attosecondsComponent: 1) == start + .nanoseconds(1))
    }

    @Test func endsAtItsBoundsInsteadOfOverflowing() {
        #expect(start + .seconds(Int64.max) == MonotonicTime(nanoseconds: .max))
        let beforeZero = MonotonicTime(nanoseconds: -1)
        #expect(beforeZero + .seconds(Int64.min) == MonotonicTime(nanoseconds: .min))
    }

    @Test(arguments: [
        (Duration.zero, 0), (.nanoseconds(1), 1), (.microseconds(999), 1), (.milliseconds(1), 1),
        (.nanoseconds(1_000_001), 2), (.seconds(2), 2_000), (.milliseconds(-5), 0), (.seconds(1 << 40), 86_400_000),
    ])
    func waitsAreRoundedUp(duration: Duration, milliseconds: Int) {
        #expect(start.pollTimeout(until: start + duration) == milliseconds)
    }

    @Test func goesForward() {
        let earlier = MonotonicTime.now
        #expect(MonotonicTime.now >= earlier)
    }
}
