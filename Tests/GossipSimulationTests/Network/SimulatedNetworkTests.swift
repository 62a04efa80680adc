import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct SimulatedNetworkTests {
    private let start = TimePoint(nanoseconds: 0)

    private func network(_ change: (inout NetworkConditions) -> Void = { _ in }) -> SimulatedNetwork {
        var conditions = NetworkConditions.synchronous
        change(&conditions)
        return SimulatedNetwork(nodes: 3, conditions: conditions, generator: RandomGenerator(seed: 1))
    }

    private func at(_ milliseconds: UInt64) -> TimePoint { start + .milliseconds(milliseconds) }

    @Test func withoutConditionsEverythingArrivesAtOnce() {
        var network = network()
        let arrivals = network.arrivals(from: 0, to: 1, bytes: 1 << 30, at: at(7))
        #expect(arrivals.first == at(7) && arrivals.second == nil)
        #expect(network.receptionEnd(at: 1, bytes: 1 << 30, now: at(7)) == at(7))
    }

    @Test func aMessageTakesItsDelayAndSomeOfTheJitter() {
        var network = network { ($0.delay, $0.jitter) = (.milliseconds(10), .milliseconds(4)) }
        var times: Set<UInt64> = []
        for round in 0..<200 {
            let sent = at(UInt64(round) * 100)
            guard let arrival = network.arrivals(from: 0, to: 1, bytes: 1, at: sent).first else { continue }
            times.insert(arrival.since(sent).milliseconds)
        }
        #expect(times.min() == 10 && (12...14).contains(times.max() ?? 0))
    }

    @Test func messagesOfOneLinkKeepTheirOrderUnlessItIsDrawn() {
        func arrivals(_ reordering: Int) -> [TimePoint] {
            var network = network {
                ($0.jitter, $0.reorderingPermille) = (.milliseconds(50), reordering)
                $0.reorderingDelay = .milliseconds(50)
            }
            return (0..<100).compactMap { network.arrivals(from: 0, to: 1, bytes: 1, at: at(UInt64($0))).first }
        }
        let ordered = arrivals(0)
        #expect(ordered == ordered.sorted())
        let mixed = arrivals(500)
        #expect(mixed != mixed.sorted())
    }

    @Test func lossAndDuplicationComeInTheirShares() {
        var network = network { ($0.lossPermille, $0.duplicationPermille) = (200, 100) }
        var arrived = 0
        var twice = 0
        for _ in 0..<10_000 {
            let arrivals = network.arrivals(from: 0, to: 1, bytes: 1, at: start)
            if arrivals.first != nil { arrived += 1 }
            if arrivals.second != nil { twice += 1 }
        }
        // Four standard deviations of 10,000 draws.
        #expect(abs(arrived - 8_000) < 160)
        #expect(abs(twice - 800) < 120)
        #expect(network.lostCount == UInt64(10_000 - arrived))
    }

    @Test func aPartitionSeparatesItsSidesAndTheTracker() {
        var network = network()
        network.split([0, 1, 1])
        #expect(network.arrivals(from: 0, to: 1, bytes: 1, at: start).first == nil)
        #expect(network.arrivals(from: 1, to: 2, bytes: 1, at: start).first == start)
        #expect(network.controlArrival(of: 0, at: start) == start)
        #expect(network.controlArrival(of: 1, at: start) == nil)
        network.heal()
        #expect(network.arrivals(from: 0, to: 1, bytes: 1, at: start).first == start)
    }

    @Test func bytesTakeTimeUpAndDown() {
        var network = network()
        var pace = NodePace()
        pace.uplinkBytesPerSecond = 1_000
        network.setPace(pace, of: 0, at: start)
        #expect(network.arrivals(from: 0, to: 1, bytes: 500, at: start).first == at(500))
        #expect(network.arrivals(from: 0, to: 2, bytes: 500, at: start).first == at(1_000), "one after the other")
        pace = NodePace()
        pace.downlinkBytesPerSecond = 2_000
        pace.processing = .milliseconds(5)
        network.setPace(pace, of: 1, at: start)
        #expect(network.receptionEnd(at: 1, bytes: 500, now: at(500)) == at(755))
        #expect(network.receptionEnd(at: 1, bytes: 500, now: at(500)) == at(1_005))
    }

    @Test func aFullUplinkLosesWhatComesOnTop() {
        var network = network()
        var pace = NodePace()
        pace.uplinkBytesPerSecond = 100
        network.setPace(pace, of: 0, at: start)
        let arrived = (0..<20).count { _ in network.arrivals(from: 0, to: 1, bytes: 100, at: start).first != nil }
        #expect(arrived == 11)
        network.setPace(NodePace(), of: 0, at: at(1))
        #expect(network.arrivals(from: 0, to: 1, bytes: 100, at: at(1)).first == at(1))
    }
}
