import GossipCore
import Testing

/// What Δ becomes on lines of one rate or another. Chunks are a mebibyte unless it is said.
@Suite struct CycleLengthChooserTests {
    private static let chunk: UInt32 = 1 << 20

    /// A clock and the reports that come in each of its cycles.
    private struct Swarm {
        var chooser: CycleLengthChooser<Int>
        var now: UInt64 = 0
        private(set) var changes: [UInt64] = []

        init(start: UInt64 = 100) {
            chooser = CycleLengthChooser(start: .milliseconds(start), now: .at(0))
        }

        var milliseconds: UInt64 { chooser.interval.milliseconds }

        /// - Parameters:
        ///   - kilobytes: what each node sends in a second.
        ///   - chunkSize: nil at nodes that do not exchange in bulk.
        mutating func run(
            seconds: UInt64, kilobytes: [UInt64], chunkSize: UInt32? = CycleLengthChooserTests.chunk
        ) {
            let end = now + seconds * 1_000
            while now < end {
                now += milliseconds
                for (node, rate) in kilobytes.enumerated() {
                    chooser.reportHeard(from: node, chunkSize: chunkSize, bytesSent: rate * now, at: .at(now))
                }
                if let change = chooser.cycleBegan(at: .at(now)) {
                    #expect(change == chooser.interval)
                    changes.append(change.milliseconds)
                }
            }
        }
    }

    private func choice(_ kilobytes: [UInt64], start: UInt64 = 100, chunkSize: UInt32? = chunk) -> [UInt64] {
        var swarm = Swarm(start: start)
        swarm.run(seconds: 60, kilobytes: kilobytes, chunkSize: chunkSize)
        return swarm.changes
    }

    /// 10 Mbit/s, 100 Mbit/s, 1 Gbit/s and a machine of its own: eight chunks of 839, 84, 8.4 ms and less.
    @Test(
        arguments: [(1_250, [2_000]), (12_500, [1_000]), (125_000, []), (1_000_000, [])] as [(UInt64, [UInt64])])
    func aCycleIsForEightChunks(kilobytes: UInt64, changes: [UInt64]) {
        #expect(choice([kilobytes, kilobytes, kilobytes]) == changes)
    }

    @Test func smallerChunksNeedNoLongerCycles() {
        #expect(choice([12_500], chunkSize: 256 << 10) == [], "4.7 of them in 100 ms")
        #expect(choice([1_250], chunkSize: 256 << 10) == [2_000])
        #expect(choice([2_500], chunkSize: 256 << 10) == [1_000])
        #expect(choice([6_000], chunkSize: 256 << 10) == [500])
    }

    @Test func aCycleThatIsTooLongBecomesShorter() {
        #expect(choice([125_000], start: 1_000) == [100])
        #expect(choice([12_500], start: 1_000) == [], "12 chunks are not too many")
        #expect(choice([125_000], start: 10) == [100], "one of the lengths, and eight chunks")
    }

    /// From three to thirty-two chunks nothing changes, so that rates may go up and down.
    @Test func itDoesNotFlap() {
        var swarm = Swarm()
        for round in 0..<20 { swarm.run(seconds: 10, kilobytes: [round % 2 == 0 ? 32_000 : 330_000]) }
        #expect(swarm.changes.isEmpty)
        swarm.run(seconds: 10, kilobytes: [3_000])
        #expect(swarm.changes == [2_000] || swarm.changes.count == 1, "\(swarm.changes)")
    }

    /// A second in which little is sent is no reason.
    @Test func oneMeasurementChangesNothing() {
        var swarm = Swarm()
        swarm.run(seconds: 3, kilobytes: [125_000])
        let before = swarm.now
        swarm.chooser.reportHeard(from: 0, chunkSize: Self.chunk, bytesSent: 125_000 * before, at: .at(before))
        _ = swarm.chooser.cycleBegan(at: .at(before + 1_000))
        swarm.chooser.reportHeard(
            from: 0, chunkSize: Self.chunk, bytesSent: 125_000 * before + 1_500_000, at: .at(before + 1_500))
        #expect(swarm.chooser.cycleBegan(at: .at(before + 2_000)) == nil)
        #expect(swarm.milliseconds == 100)
    }

    @Test func theMedianOfThoseThatSendCounts() {
        #expect(choice([0, 0, 0, 0, 125_000]) == [], "who sends nothing tells nothing")
        #expect(choice([1_250, 125_000, 125_000]) == [], "one slow line is its own")
        #expect(choice([1_250, 1_250, 125_000]) == [2_000])
        #expect(choice([]) == [] && choice([0]) == [])
    }

    @Test func whereOthersExchangeSingleChunksTheClockIsLeftAlone() {
        #expect(choice([1_250], start: 1_000, chunkSize: nil) == [])
        var swarm = Swarm()
        for _ in 0..<100 {
            swarm.chooser.reportHeard(from: 99, chunkSize: nil, bytesSent: 0, at: .at(swarm.now))
            swarm.run(seconds: 1, kilobytes: [1_250])
        }
        #expect(swarm.changes.isEmpty)
    }

    /// A node that starts anew counts from the beginning, and one that is gone counts no more.
    @Test func nodesComeAndGo() {
        var swarm = Swarm()
        swarm.run(seconds: 10, kilobytes: [125_000, 125_000, 125_000])
        swarm.chooser.reportHeard(from: 0, chunkSize: Self.chunk, bytesSent: 0, at: .at(swarm.now))
        swarm.run(seconds: 10, kilobytes: [125_000])
        #expect(swarm.changes.isEmpty)
        swarm.run(seconds: 10, kilobytes: [12_500])
        #expect(swarm.changes == [1_000], "the two others are forgotten")
    }

    /// Whatever strangers report, Δ is one of the lengths, and what is kept is bounded.
    @Test func anythingMayBeReported() {
        var chooser = CycleLengthChooser<UInt64>(start: .milliseconds(100), now: .at(0))
        var generator = RandomGenerator(seed: 1)
        var now: UInt64 = 0
        for _ in 0..<20_000 {
            let sizes: [UInt32?] = [0, 1, .max, 1 << 20, nil]
            let bytes = generator.next() >> UInt64(generator.index(below: 64))
            chooser.reportHeard(
                from: generator.next() % 5_000, chunkSize: sizes[generator.index(below: 4)], bytesSent: bytes,
                at: .at(now))
            now += UInt64(generator.index(below: 100))
            if let change = chooser.cycleBegan(at: .at(now)) {
                #expect(CycleLengthChooser<UInt64>.lengths.contains(change))
            }
        }
        let mirrored = Mirror(reflecting: chooser).children.first { $0.label == "records" }?.value
        #expect(Mirror(reflecting: mirrored as Any).children.count <= 256)
    }
}
