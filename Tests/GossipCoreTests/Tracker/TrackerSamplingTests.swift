import GossipCore
import Synchronization
import Testing

/// A torrent whose hashing is counted: what it costs to find it, whatever the machine's speed.
private struct CountedTorrent: Hashable, Sendable {
    final class Count: Sendable {
        let value = Mutex(0)
    }

    let count: Count

    static func == (left: CountedTorrent, right: CountedTorrent) -> Bool { true }

    func hash(into hasher: inout Hasher) {
        count.value.withLock { $0 += 1 }
    }
}

@Suite struct TrackerSamplingTests {
    private func tracker(members: Range<Int>, seed: UInt64) -> TrackerStateMachine<Int, Int> {
        let configuration = TrackerConfiguration(cycleInterval: .seconds(1))
        var tracker = TrackerStateMachine<Int, Int>(
            configuration: configuration, generator: RandomGenerator(seed: seed))
        for member in members { _ = tracker.announce(member, to: 0, at: .at(0)) }
        return tracker
    }

    @Test func everyOrderedSampleIsEquallyLikely() {
        var tracker = tracker(members: 0..<5, seed: 1)
        let choices = OrderedChoices(bound: 5, count: 3)
        #expect(choices.areUniform(draws: 12_000) { tracker.sample(of: 0, at: .at(1)) })
    }

    /// Members that leave or fall silent are replaced in their places by others; no draw may favour those.
    @Test func samplesStayUniformAsMembersComeAndGo() {
        var tracker = tracker(members: 0..<12, seed: 2)
        for member in [0, 11, 5, 6] { tracker.leave(member, from: 0) }
        for member in [1, 10, 3, 4, 8, 0] { _ = tracker.announce(member, to: 0, at: .at(9_000)) }
        #expect(tracker.removeSilent(at: .at(12_000)) == 3, "2, 7 and 9")
        let places = [0, 1, 3, 4, 8, 10]
        let choices = OrderedChoices(bound: 6, count: 3)
        #expect(
            choices.areUniform(draws: 12_000) {
                tracker.sample(of: 0, at: .at(12_000)).map { places.firstIndex(of: $0) ?? -1 }
            })
        #expect(
            !choices.areUniform(draws: 12_000) {
                Array(tracker.sample(of: 0, at: .at(12_000)).map { places.firstIndex(of: $0) ?? -1 }.sorted())
            }, "the check sees a sample in order of place")
        var dice = RandomGenerator(seed: 3)
        #expect(
            !choices.areUniform(draws: 12_000) {
                let start = dice.index(below: 6)
                return (0..<3).map { (start + $0) % 6 }
            }, "the check sees a window that begins at a random place")
    }

    /// Three numbers are drawn, and the torrent is looked up as often, among ten as among a hundred thousand.
    @Test func aSampleCostsTheSameOfTenAsOfMany() {
        func cost(members: Int) -> Int {
            let count = CountedTorrent.Count()
            let torrent = CountedTorrent(count: count)
            var tracker = TrackerStateMachine<CountedTorrent, Int>(
                configuration: TrackerConfiguration(cycleInterval: .seconds(1)), generator: RandomGenerator(seed: 4))
            for member in 0..<members { _ = tracker.announce(member, to: torrent, at: .at(0)) }
            count.value.withLock { $0 = 0 }
            var mirror = RandomGenerator(seed: 4)
            for _ in 0..<10 {
                #expect(tracker.sample(of: torrent, at: .at(1)) == mirror.distinctIndices(3, below: members))
            }
            var counted = RandomGenerator(seed: 4)
            for _ in 0..<30 { _ = counted.next() }
            #expect(mirror == counted, "three draws a sample")
            return count.value.withLock { $0 }
        }
        let costOfTen = cost(members: 10)
        #expect(costOfTen > 0)
        #expect(cost(members: 50_000) == costOfTen)
    }

    @Test func theSampleSizeIsTheConfigurations() {
        var configuration = TrackerConfiguration(cycleInterval: .seconds(1))
        configuration.sampleSize = 7
        var tracker = TrackerStateMachine<Int, Int>(configuration: configuration, generator: RandomGenerator(seed: 1))
        for member in 0..<9 { _ = tracker.announce(member, to: 0, at: .at(0)) }
        #expect(Set(tracker.sample(of: 0, at: .at(0))).count == 7)
    }
}
