import Testing

@testable import Topology

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("0s", 0), ("100ms", 100), ("1s", 1000), ("2.5s", 2500), ("0.001s", 1), ("1m", 60_000), ("1h", 3_600_000),
        ("1.5h", 5_400_000), ("10 s", 10_000),
    ])
    func reads(text: String, milliseconds: Int) throws {
        #expect(try DurationText.parse(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        ("1", "--cycle is 1; it must have a unit: 1ms, 1s, 1m or 1h"),
        ("-1s", "--cycle is -1s; it must not be negative"),
        ("", "--cycle is empty; it must be a duration, such as 100ms, 2.5s, 1m or 1h"),
        ("soon", "--cycle is soon; it must be a duration, such as 100ms, 2.5s, 1m or 1h"),
        ("1d", "--cycle is 1d; its unit must be ms, s, m or h"),
        ("1M", "--cycle is 1M; its unit must be ms, s, m or h"),
        ("0.5ms", "--cycle is 0.5ms; it must be a whole number of milliseconds"),
        ("9999999999999h", "--cycle is 9999999999999h; it must be a whole number of milliseconds"),
        ("9999999999h", "--cycle is 9999999999h; that is longer than anything here can wait"),
        ("1s\n", "--cycle is \"1s\u{FFFD}\"; it must be a duration, such as 100ms, 2.5s, 1m or 1h"),
    ])
    func refuses(text: String, message: String) {
        let error = #expect(throws: InvalidText.self) { try DurationText.parse(text) }
        #expect(error?.described(as: "--cycle") == message)
    }

    @Test(arguments: [
        (0, "0ms"), (1, "1ms"), (100, "100ms"), (1000, "1s"), (2500, "2.5s"), (2050, "2.05s"), (1001, "1.001s"),
        (60_000, "1m"), (90_000, "90s"), (3_600_000, "1h"), (5_400_000, "90m"),
    ])
    func writesWhatItReads(milliseconds: Int, text: String) throws {
        #expect(DurationText.format(.milliseconds(milliseconds)) == text)
        #expect(try DurationText.parse(text) == .milliseconds(milliseconds))
    }

    @Test func aLongTextIsCutShortInTheMessage() {
        let error = #expect(throws: InvalidText.self) { try DurationText.parse(String(repeating: "x", count: 5000)) }
        #expect(error.map { $0.description.count < 200 } == true)
    }
}
