import Testing

@testable import GossipCore

/// The bulk exchange at a node whose peers come and go with its view.
@Suite struct ExchangeOverViewTests {
    private let first = PeerID(1)

    private func machine(_ exchange: ExchangeParameters?) -> PeerStateMachine {
        var configuration = PeerConfiguration(
            gossip: GossipParameters(
                fanout: 1, separation: .relaxed, peerSampling: .cyclon(viewSize: 1, shuffleLength: 1)),
            chunkCount: 9)
        configuration.exchange = exchange
        return PeerStateMachine(
            configuration: configuration, held: ChunkSet(chunkCount: 9), generator: RandomGenerator(seed: 1),
            own: PeerID(0))
    }

    /// A neighbour that does not answer the first shuffle leaves the view; all that is said in fifteen cycles.
    private func lose(_ machine: inout PeerStateMachine) -> [PeerAction] {
        machine.handle(.peersReceived([first])) + (1...15).flatMap { machine.handle(.cycleStarted($0)) }
    }

    @Test func aFormerNeighbourIsForgotten() {
        var machine = machine(nil)
        #expect(lose(&machine).contains(.forgetPeer(first)))
    }

    @Test func aSourceIsForgottenWhenTheExchangeForgetsIt() {
        var parameters = ExchangeParameters()
        parameters.memoryLimit = 2
        var machine = machine(parameters)
        let said = lose(&machine)
        #expect(machine.peers.isEmpty, "it left the view")
        #expect(!said.contains(.forgetPeer(first)) && !said.contains(.dropLink(first)))
        // Two more are opened the exchange with, one after the other.
        var actions: [PeerAction] = []
        for (cycle, peer) in [(Cycle(16), PeerID(2)), (17, PeerID(3))] {
            #expect(!actions.contains(.forgetPeer(first)))
            actions += machine.handle(.peersReceived([peer])) + machine.handle(.cycleStarted(cycle))
        }
        #expect(actions.contains(.forgetPeer(first)))
    }
}
