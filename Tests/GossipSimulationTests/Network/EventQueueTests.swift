import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct EventQueueTests {
    private func time(_ number: UInt64) -> TimePoint { TimePoint(nanoseconds: number) }

    @Test func eventsComeInTheOrderOfTimeThenOfScheduling() {
        var queue = EventQueue<String>()
        for (event, at) in [("c", 5), ("a", 1), ("d", 5), ("b", 3), ("e", 5)] {
            queue.schedule(event, at: time(UInt64(at)))
        }
        #expect(queue.nextTime == time(1))
        var order = ""
        while let next = queue.removeNext() { order += next.event }
        #expect(order == "abcde")
        #expect(queue.nextTime == nil && queue.count == 0)
    }

    @Test func manyEventsComeAsASortedListOfThem() {
        var generator = RandomGenerator(seed: 4)
        var queue = EventQueue<Int>()
        var expected: [(time: UInt64, number: Int)] = []
        var taken: [Int] = []
        for number in 0..<2_000 {
            let at = UInt64(generator.index(below: 50))
            queue.schedule(number, at: time(at))
            expected.append((at, number))
        }
        expected.sort { $0 < $1 }
        while let next = queue.removeNext() { taken.append(next.event) }
        #expect(taken == expected.map(\.number))
    }
}
