import GossipCore
import Testing

/// Joining by the address of a living peer.
@Suite struct JoinTests {
    private func peer() -> TestPeer { TestPeer("..", .pull, sampling: .cyclon(viewSize: 4, shuffleLength: 3)) }

    private func join(_ peer: inout TestPeer, _ contacts: PeerID...) -> [PeerAction] {
        peer.machine.handle(.joinDue(through: contacts))
    }

    @Test func theFirstShuffleGoesToTheContacts() {
        var peer = peer()
        let own = [ViewEntry(TestPeer.own)]
        #expect(
            join(&peer, 70, 71)
                == [.send(.shuffle(cycle: 0, entries: own), to: 70), .send(.shuffle(cycle: 0, entries: own), to: 71)])
        #expect(peer.known == [], "an address to join by may be another of a peer's that others know")
    }

    @Test func theirAnswersFillTheView() {
        var peer = peer()
        _ = join(&peer, 70)
        peer.reply(.shuffle(cycle: 0, entries: entries("1:4 2:0 3:9")), from: 70, 1)
        #expect(peer.known == [1, 2, 3])
        #expect(peer.tick(137).shuffles.map(\.peer) == [3])
    }

    @Test func aContactIsAskedAgainUntilItAnswers() {
        var peer = peer()
        for _ in 0..<30 { #expect(join(&peer, 70).shuffles.count == 1) }
        peer.reply(.shuffle(cycle: 0, entries: entries("1:4")), from: 70, 1)
        peer.reply(.shuffle(cycle: 0, entries: entries("2:4")), from: 70, 2)
        #expect(peer.known == [1] && peer.counts.refused == 1, "one answer is waited for")
    }

    @Test func beforeTheFirstCycleTheViewIsShuffledWithToo() {
        var peer = peer()
        peer.learn(5)
        #expect(join(&peer, 70).shuffles.map(\.peer) == [5, 70])
        peer.tick(1)
        #expect(join(&peer, 70).shuffles.map(\.peer) == [70], "ticks see to that from now on")
    }

    @Test func aContactsLinkGoesWhenItIsOfNoMoreUse() {
        var peer = peer()
        _ = join(&peer, 70)
        peer.reply(.shuffle(cycle: 0, entries: []), from: 70, 1)
        var forgotten: [Cycle] = []
        for cycle in Cycle(1)...6 where peer.tick(cycle).contains(.forgetPeer(70)) { forgotten.append(cycle) }
        #expect(forgotten == [3])
    }

    /// Two nodes that know one address, with nobody else: each must end up in the other's view.
    @Test func twoNodesMeet() throws {
        var nodes = (0..<2).map { number in
            PeerStateMachine(
                configuration: PeerConfiguration(
                    gossip: GossipParameters(peerSampling: .cyclon), chunkCount: 1),
                held: ChunkSet(chunkCount: 1), generator: RandomGenerator(seed: UInt64(number)),
                own: PeerID(UInt32(number)))
        }
        func deliver(_ actions: [PeerAction], from sender: Int) {
            for shuffle in actions.shuffles {
                let receiver = Int(shuffle.peer.rawValue)
                let answer = nodes[receiver].handle(
                    .requestReceived(.shuffle(cycle: shuffle.cycle, entries: shuffle.entries), 1))
                guard let entries = answer.shuffleAnswer else { continue }
                _ = nodes[sender].handle(
                    .replyReceived(.shuffle(cycle: shuffle.cycle, entries: entries), from: shuffle.peer, 1))
            }
        }
        deliver(nodes[1].handle(.joinDue(through: [0])), from: 1)
        #expect(nodes[0].view?.peers == [1])
        for cycle in Cycle(1)...50 {
            for node in 0..<2 { deliver(nodes[node].handle(.cycleStarted(cycle)), from: node) }
            #expect(nodes[0].view?.peers == [1] && nodes[1].view?.peers == [0], "cycle \(cycle)")
        }
    }
}
