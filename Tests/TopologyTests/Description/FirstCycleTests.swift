import GossipCore
import Testing
import Topology

/// Δ where nobody says what it is.
@Suite struct FirstCycleTests {
    private static func topology(_ exchange: ExchangeMode, _ counts: [String: Int]) -> TopologyDescription {
        var nodes: [NodeDescription] = []
        for (host, count) in counts {
            nodes += (0..<count).map { NodeDescription(name: "\(host)-\($0)", host: host) }
        }
        return TopologyDescription(
            torrent: TorrentDescription(file: "/file", chunkSize: 65_536), gossip: GossipParameters(exchange: exchange),
            hosts: counts.keys.sorted().map { HostDescription(name: $0, address: "127.0.0.1") }, nodes: nodes)
    }

    @Test func inBulkItIsLongerTheMoreNodesTheFullestHostHas() {
        #expect(Self.topology(.bulk, ["one": 6]).cycle == .milliseconds(100))
        #expect(Self.topology(.bulk, ["one": 20]).cycle == .milliseconds(200))
        #expect(Self.topology(.bulk, ["one": 200]).cycle == .seconds(2))
        #expect(Self.topology(.bulk, ["one": 20, "two": 40]).cycle == .milliseconds(400))
        #expect(Self.topology(.bulk, ["one": 1_000]).cycle == .seconds(2))
        #expect(Self.topology(.bulk, ["one": 200]).adaptsCycle)
    }

    @Test func withSingleChunksItIsASecond() {
        #expect(Self.topology(.single, ["one": 1_000]).cycle == .seconds(1))
    }

    @Test func whatIsSaidHolds() {
        var topology = Self.topology(.bulk, ["one": 200])
        topology.fixedCycle = .milliseconds(50)
        #expect(topology.cycle == .milliseconds(50))
    }
}
