import Testing

@testable import Reporting

@Suite struct NumberTextTests {
    @Test(
        arguments: [
            (0, 2, "0.00"), (1, 0, "1"), (0.5, 0, "1"), (1.005, 1, "1.0"), (0.044444, 4, "0.0444"), (-0.001, 2, "0.00"),
            (-1.25, 1, "-1.3"), (123456.789, 3, "123456.789"), (.infinity, 2, "nan"), (.nan, 2, "nan"),
            (1e300, 2, "nan"),
        ] as [(Double, Int, String)])
    func fixedDecimals(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals) == text)
    }

    @Test(
        arguments: [
            (0, 45, "0.000000", "0.0 %"), (29, 45, "0.644444", "64.4 %"), (45, 45, "1.000000", "100 %"),
            (0, 0, "1.000000", "100 %"), (99_999_999, 100_000_000, "0.999999", "99.9 %"),
            (UInt64.max - 1, .max, "0.999999", "99.9 %"),
        ] as [(UInt64, UInt64, String, String)])
    func onlyTheWholeIsOne(part: UInt64, whole: UInt64, share: String, percent: String) {
        #expect(NumberText.share(part, of: whole) == share)
        #expect(NumberText.percent(part, of: whole) == percent)
    }

    @Test(
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (100_000, "100,000"),
        ] as [(UInt64, String)])
    func groups(value: UInt64, text: String) {
        #expect(NumberText.grouped(value) == text)
    }

    @Test(
        arguments: [
            (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1 KiB"), (1536, "1.5 KiB"), (1 << 30, "1 GiB"),
            (.max, "16 EiB"),
        ] as [(UInt64, String)])
    func bytes(value: UInt64, text: String) {
        #expect(NumberText.bytes(value) == text)
    }

    @Test(
        arguments: [(0, "0 ms"), (100, "100 ms"), (1000, "1 s"), (2500, "2.5 s"), (60_000, "60 s")]
            as [(UInt64, String)])
    func intervals(milliseconds: UInt64, text: String) {
        #expect(NumberText.interval(milliseconds: milliseconds) == text)
    }
}
