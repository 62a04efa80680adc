import Testing

@testable import Reporting

@Suite struct UTCTimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"), (1_795_262_733, "2026-11-21T12:05:33Z"),
        ] as [(Int64, String)])
    func calendar(seconds: Int64, text: String) {
        #expect(UTCTime(seconds: seconds).rfc3339 == text)
    }

    @Test func foldersGetNeitherColonsNorDashes() {
        #expect(UTCTime(seconds: 1_795_262_733).compact == "20261121T120533Z")
    }
}
