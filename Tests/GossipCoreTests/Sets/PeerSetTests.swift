import GossipCore
import Testing

@Suite struct PeerSetTests {
    @Test func membersStandInAscendingOrderHoweverTheyCame() {
        let set = PeerSet([5, 1, 9, 1, 3])
        #expect((0..<set.count).map { set[$0] } == [1, 3, 5, 9])
        #expect(set == PeerSet([9, 5, 3, 1]))
        #expect(set[0].description == "p1")
    }

    @Test func agreesWithASet() {
        var generator = RandomGenerator(seed: 4)
        var peers = PeerSet()
        var model: Set<PeerID> = []
        for _ in 0..<2_000 {
            let peer = PeerID(UInt32(generator.index(below: 60)))
            if generator.index(below: 2) == 0 {
                #expect(peers.insert(peer) == model.insert(peer).inserted)
            } else {
                #expect(peers.remove(peer) == (model.remove(peer) != nil))
            }
            #expect(peers.contains(peer) == model.contains(peer))
            #expect(peers.count == model.count && peers.isEmpty == model.isEmpty)
        }
        #expect((0..<peers.count).map { peers[$0] } == model.sorted())
    }

    @Test func aDrawOfMoreThanAreKnownGivesAll() {
        var generator = RandomGenerator(seed: 1)
        let set = PeerSet([4, 2, 8])
        #expect(set.draw(9, using: &generator).sorted() == [2, 4, 8])
        #expect(set.draw(0, using: &generator) == [])
        #expect(PeerSet().draw(3, using: &generator) == [])
    }

    @Test func aDrawDoesNotDependOnTheOrderOfLearning() {
        var (one, other) = (RandomGenerator(seed: 1), RandomGenerator(seed: 1))
        let drawn = PeerSet([4, 2, 8, 6]).draw(2, using: &one)
        #expect(PeerSet([8, 6, 4, 2]).draw(2, using: &other) == drawn)
    }
}
