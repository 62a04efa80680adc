import Testing

@testable import GossipCore

@Suite struct ContactRecordTests {
    private let peers = PeerSet([10, 11, 12, 13, 14])

    @Test func theFirstDrawIsUniform() {
        var generator = RandomGenerator(seed: 1)
        let choices = OrderedChoices(bound: 5, count: 2)
        #expect(
            choices.areUniform(draws: 8_000) {
                var record = ContactRecord()
                return record.draw(2, from: peers, using: &generator).map { Int($0.rawValue) - 10 }
            })
    }

    /// Two of three were contacted together, before the third: the next two are the third's successors, drawn.
    @Test func tiesAreDrawn() {
        var generator = RandomGenerator(seed: 2)
        let few = PeerSet([10, 11, 12])
        let firstOfTied = histogram(of: 2, draws: 4_000) {
            var record = ContactRecord()
            let tied = record.draw(2, from: few, using: &generator).sorted()
            let last = record.draw(1, from: few, using: &generator)
            guard !tied.contains(last[0]) else { return nil }
            return tied.firstIndex(of: record.draw(1, from: few, using: &generator)[0])
        }
        #expect(isUniform(firstOfTied, over: [0, 1]))
    }

    /// Against a plain list of when each was drawn last.
    @Test(arguments: [1, 2, 3, 5]) func nobodyWhoWaitedLongerIsPassedOver(count: Int) {
        var generator = RandomGenerator(seed: 3)
        var record = ContactRecord()
        var last = [Int](repeating: 0, count: 5)
        for turn in 1...40 {
            let drawn = record.draw(count, from: peers, using: &generator).map { Int($0.rawValue) - 10 }
            #expect(Set(drawn).count == count)
            let waited = drawn.map { last[$0] }
            #expect(waited == waited.sorted())
            #expect((0..<5).allSatisfy { drawn.contains($0) || last[$0] >= waited[count - 1] })
            for peer in drawn { last[peer] = turn }
        }
    }

    @Test func newOnesComeFirst() {
        var generator = RandomGenerator(seed: 4)
        var record = ContactRecord()
        var known = peers
        for _ in 0..<7 { _ = record.draw(1, from: known, using: &generator) }
        known.insert(3)
        known.insert(12)
        known.insert(99)
        #expect(Set(record.draw(2, from: known, using: &generator)) == [3, 99])
    }

    @Test func whoIsForgottenIsNewWhenItComesBack() {
        var generator = RandomGenerator(seed: 5)
        var record = ContactRecord()
        var known = peers
        for _ in 0..<5 { _ = record.draw(1, from: known, using: &generator) }
        known.remove(12)
        record.forget(12)
        record.forget(99)
        for _ in 0..<8 { #expect(record.draw(1, from: known, using: &generator) != [12]) }
        known.insert(12)
        #expect(record.draw(1, from: known, using: &generator) == [12])
    }

    @Test func fewerThanAskedForAreAll() {
        var generator = RandomGenerator(seed: 6)
        var record = ContactRecord()
        #expect(record.draw(9, from: peers, using: &generator).sorted() == [10, 11, 12, 13, 14])
        #expect(record.draw(9, from: peers, using: &generator).sorted() == [10, 11, 12, 13, 14])
        #expect(record.draw(2, from: PeerSet(), using: &generator).isEmpty)
    }

    /// Where everyone is known nothing is stored for them but those contacted.
    @Test func everyoneIsGoneThroughToo() {
        var generator = RandomGenerator(seed: 7)
        var record = ContactRecord()
        let everyone = PeerSet.everyone(count: 7, except: 2)
        let drawn = (0..<6).flatMap { _ in record.draw(1, from: everyone, using: &generator) }
        #expect(drawn.sorted() == [0, 1, 3, 4, 5, 6])
        #expect(drawn != drawn.sorted())
    }
}
