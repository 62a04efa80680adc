import GossipCore
import Testing

/// Views as string art: `3:0 7:2` is a view of peer 3, just heard of, and peer 7, two shuffles old.
@Suite struct PartialViewTests {
    private func view(_ art: String, capacity: Int = 4) -> PartialView {
        var view = PartialView(capacity: capacity)
        _ = view.merge(entries(art), own: 99, replacing: [])
        return view
    }

    @Test func whatIsReceivedGoesToEmptySlotsFirst() {
        var view = view("1:5 2:6")
        #expect(view.merge(entries("3:0 4:1"), own: 99, replacing: [1, 2]) == [])
        #expect(view.art == "1:5 2:6 3:0 4:1")
    }

    @Test func thenInPlaceOfWhatWasSentInThatOrder() {
        var view = view("1:5 2:6 3:7")
        #expect(view.merge(entries("4:0 5:1 6:2"), own: 99, replacing: [3, 1]) == [3, 1])
        #expect(view.art == "6:2 2:6 5:1 4:0")
    }

    @Test func whatFindsNoSlotIsDropped() {
        var view = view("1:5 2:6 3:7 4:8")
        #expect(view.merge(entries("5:0 6:0 7:0"), own: 99, replacing: [2]) == [2])
        #expect(view.art == "1:5 5:0 3:7 4:8")
    }

    @Test func theNodeItselfAndWhatIsKnownAreNotTakenIn() {
        var view = view("1:5 2:6 3:7")
        #expect(view.merge(entries("99:0 2:0 4:1 4:0"), own: 99, replacing: [1]) == [])
        #expect(view.art == "1:5 2:6 3:7 4:1", "2 keeps its age, and the second 4 is known by then")
    }

    @Test func whoWasSentAndIsGoneIsNotReplaced() {
        var view = view("1:5 2:6 3:7 4:8")
        view.remove(3)
        #expect(view.merge(entries("5:0 6:0"), own: 99, replacing: [3, 4]) == [4])
        #expect(view.art == "1:5 2:6 6:0 5:0")
    }

    @Test func theOldestIsTheOneHeardOfLeastRecently() {
        #expect(view("1:5 2:8 3:7").oldest == ViewEntry(2, age: 8))
        #expect(view("4:1 2:8 3:8").oldest == ViewEntry(2, age: 8), "of several, the first")
        #expect(PartialView(capacity: 3).oldest == nil)
    }

    @Test func agesGrowAndEnd() {
        var view = view("1:0 2:65534 3:65535")
        view.makeOlder()
        #expect(view.art == "1:1 2:65535 3:65535")
        view.makeYoung(2)
        #expect(view.art == "1:1 2:0 3:65535")
    }

    @Test func anIntroductionTakesTheOldestsPlaceInAFullView() {
        var view = view("1:5 2:8 3:7")
        #expect(view.introduce(4) == nil && view.art == "1:5 2:8 3:7 4:0")
        #expect(view.introduce(5) == 2 && view.art == "1:5 3:7 4:0 5:0")
        #expect(view.introduce(1) == nil && view.art == "1:5 3:7 4:0 5:0", "it is known")
    }

    @Test func aDrawHasNobodyTwiceAndNobodyExcluded() {
        let view = view("1:5 2:8 3:7 4:1")
        var generator = RandomGenerator(seed: 1)
        var firsts: [PeerID: Int] = [:]
        for _ in 0..<3_000 {
            let drawn = view.draw(2, without: [2], using: &generator).map(\.peer)
            #expect(drawn.count == 2 && drawn[0] != drawn[1] && !drawn.contains(2))
            firsts[drawn[0], default: 0] += 1
        }
        for peer: PeerID in [1, 3, 4] {
            #expect(abs(firsts[peer, default: 0] - 1_000) < 120, "4.6 standard deviations from a uniform draw")
        }
        #expect(Set(view.draw(9, using: &generator)) == Set(view.entries))
    }
}
