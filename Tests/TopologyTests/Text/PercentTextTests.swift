import Testing

@testable import Topology

@Suite struct PercentTextTests {
    @Test(arguments: [("5%", 50), ("0", 0), ("0%", 0), ("0.5 %", 5), ("100%", 1_000), ("12.5%", 125)])
    func readsThousandths(text: String, permille: Int) throws {
        #expect(try PercentText.parse(text) == permille)
    }

    @Test(arguments: ["0.05", "5", "", "%", "-1%", "5percent%", "0.25%", "5%%", "٥%"])
    func refusesWhatIsNoShare(text: String) {
        let error = #expect(throws: InvalidText.self) { try PercentText.parse(text) }
        #expect(
            error?.advice == "it must be a share in percent with at most one decimal, such as 5% or 0.5%", "\(text)")
    }

    @Test func refusesWhatIsTooMuch() {
        #expect(throws: InvalidText("100%", "it must be from 0% to 99.9%")) { try PercentText.parse("100%", upTo: 999) }
        #expect(throws: InvalidText("101%", "it must be from 0% to 100%")) { try PercentText.parse("101%") }
    }

    @Test(arguments: [(50, "5"), (125, "12.5"), (0, "0")]) func writesPercent(permille: Int, text: String) {
        #expect(PercentText.format(permille) == text)
    }
}
