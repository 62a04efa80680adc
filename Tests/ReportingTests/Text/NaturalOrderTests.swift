import TestSupport
import Testing

@testable import Reporting

@Suite struct NaturalOrderTests {
    @Test func numbersCountByValue() {
        let order = ["", "1", "01", "2", "10", "99999999999999999999999999", "a", "a1", "a2b", "a10", "a10b", "b", "é"]
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            #expect(
                order.shuffled(using: &generator).sorted(by: NaturalOrder.comesBefore)
                    == ["", "01", "1"] + order.dropFirst(3))
        }
    }
}
