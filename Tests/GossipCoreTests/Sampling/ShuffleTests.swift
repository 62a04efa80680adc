import GossipCore
import Testing

/// The enhanced shuffle of CYCLON, step by step.
@Suite struct ShuffleTests {
    private let own = TestPeer.own

    private func peer(_ view: String = "", size: UInt16 = 4, length: UInt16 = 2, held: String = ".") -> TestPeer {
        var peer = TestPeer(
            held, .push, sampling: .cyclon(viewSize: size, shuffleLength: length))
        if !view.isEmpty {
            // A shuffle of a stranger's: the view has room for all of it.
            for entry in entries(view) {
                _ = peer.machine.handle(.requestReceived(.shuffle(cycle: 0, entries: [entry]), 1))
            }
        }
        return peer
    }

    private func view(_ peer: TestPeer) -> PartialView { peer.machine.view ?? PartialView(capacity: 1) }

    @discardableResult
    private func shuffled(_ peer: inout TestPeer, _ art: String, in cycle: Cycle) -> [PeerAction] {
        peer.machine.handle(.requestReceived(.shuffle(cycle: cycle, entries: entries(art)), 50))
    }

    @discardableResult
    private func answered(_ peer: inout TestPeer, _ art: String, from other: PeerID, in cycle: Cycle) -> [PeerAction] {
        peer.reply(.shuffle(cycle: cycle, entries: entries(art)), from: other, 60)
    }

    @Test func aTickShufflesWithTheOldestNeighbour() throws {
        var peer = peer("1:3 2:9 3:4")
        let shuffle = try #require(peer.tick(1).shuffles.first)
        #expect(shuffle.peer == 2 && shuffle.cycle == 1)
        #expect(shuffle.entries.count == 2)
        #expect(shuffle.entries[0] == ViewEntry(own, age: 0), "in the place of the partner")
        #expect(["1:4", "3:5"].contains([shuffle.entries[1]].art), "another one, older by the shuffle")
        #expect(view(peer).art == "1:4 2:10 3:5", "nothing changes until the answer comes")
    }

    @Test func theAnswerReplacesThePartnerFirst() throws {
        var peer = peer("1:3 2:9 3:4 4:1")
        let sent = try #require(peer.tick(1).shuffles.first).entries[1].peer
        #expect(answered(&peer, "7:6", from: 2, in: 1) == [.release(60)])
        #expect(!view(peer).contains(2) && view(peer).contains(sent) && view(peer).contains(7))
        #expect(peer.known == view(peer).peers, "the view is the peer set")
    }

    @Test func theRestOfTheAnswerReplacesWhatWasSent() throws {
        var peer = peer("1:3 2:9 3:4 4:1")
        let sent = try #require(peer.tick(1).shuffles.first).entries[1].peer
        answered(&peer, "7:6 8:0", from: 2, in: 1)
        #expect(Set(view(peer).peers) == Set([1, 3, 4, 7, 8] as [PeerID]).subtracting([sent]))
    }

    @Test func thePartnerStaysWhereThereIsRoomForAll() {
        var peer = peer("1:3 2:9")
        peer.tick(1)
        answered(&peer, "99:3 1:0", from: 2, in: 1)
        #expect(view(peer).art == "1:4 2:0", "as young as its answer; itself and those it knows it does not take in")
    }

    @Test func aPartnerThatDoesNotAnswerLeavesTheView() throws {
        var peer = peer("1:3 2:9 3:4")
        peer.tick(1)
        let second = try #require(peer.tick(2).shuffles.first)
        #expect(view(peer).peers == [1, 3] && second.peer == 3)
        #expect(peer.known == [1, 3])
    }

    @Test func aPartnerWhoseAnswerCameLateComesBack() {
        var peer = peer("1:3 2:9")
        peer.tick(1)
        peer.tick(2)
        #expect(view(peer).peers == [1])
        #expect(answered(&peer, "5:2", from: 2, in: 1) == [.release(60)])
        #expect(view(peer).peers == [1, 2, 5] && peer.counts.refused == 0)
    }

    @Test func anAnswerToNothingIsRefused() {
        var peer = peer("1:3 2:9")
        peer.tick(1)
        for (other, cycle): (PeerID, Cycle) in [(1, 1), (2, 2), (7, 1)] {
            #expect(answered(&peer, "5:2", from: other, in: cycle) == [.release(60)])
        }
        #expect(view(peer).peers == [1, 2] && peer.counts.refused == 3)
        answered(&peer, "5:2", from: 2, in: 1)
        answered(&peer, "6:2", from: 2, in: 1)
        #expect(view(peer).peers == [1, 2, 5] && peer.counts.refused == 4, "it is answered once")
    }

    @Test func anOldAnswerIsNoLongerWaitedFor() {
        var peer = peer("1:3 2:9")
        for cycle in Cycle(1)...10 { peer.tick(cycle) }
        answered(&peer, "5:2", from: 2, in: 1)
        #expect(peer.counts.refused == 1 && !view(peer).contains(5))
    }

    @Test func anothersShuffleIsAnsweredAndTakenIn() throws {
        var peer = peer("1:3 2:9 3:4 4:1")
        let actions = shuffled(&peer, "7:0 8:5", in: 0)
        let answer = try #require(actions.shuffleAnswer)
        #expect(answer.count == 2 && actions.last == .release(50))
        let rest = Set([1, 2, 3, 4] as [PeerID]).subtracting(answer.map(\.peer))
        #expect(Set(view(peer).peers) == rest.union([7, 8]), "in place of those that were given")
        #expect(view(peer).entries.contains(ViewEntry(8, age: 5)), "ages grow by our own shuffles alone")
    }

    @Test(arguments: [Cycle(0), 4, 5, 6, 7, .max])
    func aShuffleOfAnyCycleIsAnsweredAtOnce(cycle: Cycle) {
        var peer = peer("1:3")
        peer.tick(5)
        #expect(
            shuffled(&peer, "7:0", in: cycle)
                == [.reply(.shuffle(cycle: cycle, entries: entries("1:4")), to: 50), .release(50)])
        #expect(peer.counts.early == 0 && peer.counts.late == 0 && peer.counts.refused == 0)
    }

    @Test func whatIsOnOfferIsGivenToNobodyElseWhereThereIsOther() throws {
        for seed in UInt64(0)..<50 {
            var peer = TestPeer(".", .push, sampling: .cyclon(viewSize: 6, shuffleLength: 3), seed: seed)
            peer.learn(1, 2, 3, 4, 5, 6)
            let shuffle = try #require(peer.tick(1).shuffles.first)
            let offered = Set(shuffle.entries.map(\.peer) + [shuffle.peer])
            let answer = try #require(shuffled(&peer, "7:0", in: 1).shuffleAnswer)
            #expect(offered.isDisjoint(with: answer.map(\.peer)))
        }
        var small = peer("1:3")
        small.tick(1)
        #expect(shuffled(&small, "7:0", in: 1).shuffleAnswer?.map(\.peer) == [1], "where there is none, it is given")
    }

    @Test func strangersFillAViewUpToItsBoundAlone() {
        var peer = peer(size: 3, length: 2)
        for number in UInt32(0)..<500 {
            let flood = (0..<50).map { ViewEntry(PeerID(1_000 + number * 50 + $0), age: .max) }
            _ = peer.machine.handle(.requestReceived(.shuffle(cycle: 0, entries: flood), 70))
            #expect(view(peer).count <= 3 && peer.known.count <= 3)
        }
    }

    @Test func anEmptyViewCallsForHelp() {
        var peer = peer()
        #expect(peer.tick(1) == [.seekPeers])
        peer.learn(3)
        #expect(peer.tick(2).shuffles.map(\.peer) == [3])
        #expect(peer.tick(3).contains(.seekPeers), "it did not answer")
    }

    @Test func theTrackersAnswersOnlyAddToTheView() {
        var peer = peer("1:3 2:9 3:4")
        peer.learn(5, own, 1)
        #expect(view(peer).peers == [1, 2, 3, 5])
        peer.learn(6)
        #expect(view(peer).peers == [1, 3, 5, 6], "in place of the oldest")
    }

    @Test func whoIsGoneLeavesTheView() {
        var peer = peer("1:3 2:9")
        #expect(peer.gone(2) == [.dropLink(2)])
        #expect(view(peer).peers == [1] && peer.known == [1])
        #expect(peer.gone(2) == [])
    }

    @Test func whoCannotBeReachedLeavesTheView() {
        var peer = peer("1:3 2:9")
        let entries = peer.tick(1).shuffles[0].entries
        #expect(peer.undelivered(.shuffle(cycle: 1, entries: entries), to: 2) == [])
        #expect(view(peer).peers == [1] && peer.counts.undelivered == 0, "that counts pushes and pulls")
    }

    @Test func formerNeighboursAreForgottenAMomentLater() {
        var peer = peer("1:3 2:9 3:4 4:1", length: 1)
        peer.tick(1)
        answered(&peer, "7:0", from: 2, in: 1)
        var forgotten: [Cycle] = []
        for cycle in Cycle(2)...5 {
            let actions = peer.tick(cycle)
            if actions.contains(.forgetPeer(2)) { forgotten.append(cycle) }
            for shuffle in actions.shuffles { answered(&peer, "", from: shuffle.peer, in: cycle) }
        }
        #expect(forgotten == [4], "what was asked of it in cycle 1 may still be answered in two more")
    }

    @Test func aNodeThatDoesNotShuffleRefusesShuffles() {
        var peer = TestPeer(".", peers: [1])
        #expect(shuffled(&peer, "7:0", in: 0) == [.release(50)])
        #expect(peer.known == [1] && peer.counts.refused == 1 && peer.machine.view == nil)
        #expect(peer.machine.handle(.joinDue(through: [4])) == [])
    }
}
