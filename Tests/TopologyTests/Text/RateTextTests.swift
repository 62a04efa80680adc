import Testing

@testable import Topology

@Suite struct RateTextTests {
    @Test(arguments: [
        ("100Mbit/s", 12_500_000), ("1Gbit/s", 125_000_000), ("9bit/s", 1), ("1.5 kbit/s", 187),
        ("10MiB/s", 10_485_760),
        ("1B/s", 1), ("2.5MB/s", 2_500_000), ("100mbit/s", 12_500_000),
    ])
    func reads(text: String, bytes: UInt64) throws {
        #expect(try RateText.parse(text) == bytes)
    }

    @Test(arguments: [
        ("10", "the value is 10; it must be a rate and end in /s, such as 100Mbit/s or 10MiB/s"),
        ("", "the value is empty; it must be a rate and end in /s, such as 100Mbit/s or 10MiB/s"),
        ("10/s", "the value is 10/s; it must be a rate, such as 100Mbit/s or 10MiB/s"),
        ("fast/s", "the value is fast/s; it must be a rate, such as 100Mbit/s or 10MiB/s"),
        ("-1MB/s", "the value is -1MB/s; it must be a rate, such as 100Mbit/s or 10MiB/s"),
        ("10XiB/s", "the value is 10XiB/s; it must be a rate, such as 100Mbit/s or 10MiB/s"),
        ("3Tbit/s", "the value is 3Tbit/s; its unit must be bit/s, kbit/s, Mbit/s or Gbit/s, or of bytes"),
        ("0MB/s", "the value is 0MB/s; it must be at least 1B/s"),
        ("7bit/s", "the value is 7bit/s; it must be at least 1B/s"),
        (
            "99999999999999999Gbit/s",
            "the value is 99999999999999999Gbit/s; it must be a rate, such as 100Mbit/s or 10MiB/s"
        ),
    ])
    func refuses(text: String, message: String) {
        let error = #expect(throws: InvalidText.self) { try RateText.parse(text) }
        #expect(error?.description == message)
    }
}
