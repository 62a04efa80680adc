import GossipCore
import Testing

@testable import Topology

@Suite struct LocalSwarmSizeTests {
    private static func topology(_ peers: Int, _ gossip: GossipParameters = GossipParameters()) -> TopologyDescription {
        TopologyDescription(
            torrent: TorrentDescription(file: "/text.txt"), gossip: gossip,
            nodes: [NodeDescription(name: "seed", role: .seed)] + (1...peers).map { NodeDescription(name: "peer\($0)") }
        )
    }

    private static func size(_ peers: Int, limit: Int, _ gossip: GossipParameters = GossipParameters()) throws
        -> LocalSwarmSize
    {
        try LocalSwarmSize(topology(peers, gossip), recordsTraces: false, descriptorLimit: limit)
    }

    @Test func aThousandPeersFitIntoTwentyThousandDescriptorsWithFewLinksEach() throws {
        let size = try Self.size(1_000, limit: 20_000)
        // 1,001 · 8 + 200 go before any link; of the eleven that are left for each node a cycle takes four.
        #expect(size.keptLinks == 7)
        #expect(size.socketCount == 1_001 * 15 + 200)
    }

    @Test func whereThereIsRoomMoreLinksAreKept() throws {
        #expect(try Self.size(1_000, limit: 500_000).keptLinks == 32)
        #expect(try Self.size(1_000, limit: 500_000).socketCount <= 65_535)
    }

    @Test func whatDoesNotFitIsRefusedWithWhatItNeeds() throws {
        let error = #expect(throws: LaunchError.self) { try Self.size(1_000, limit: 16_000) }
        #expect(
            error?.description.contains("1001 nodes of one process may need 16216 descriptors") == true,
            "\(String(describing: error))")
        #expect(error?.description.contains("it may have 16000") == true)
        #expect(throws: LaunchError.self) { try Self.size(9_999, limit: 1_000_000) }
    }

    /// Each new cycle of `rarest-first` asks up to fifty for what they hold.
    @Test func selectionsThatAskManyNeedMore() throws {
        let gossip = GossipParameters(chunkSelection: .rarestFirst)
        #expect(throws: LaunchError.self) { try Self.size(1_000, limit: 20_000, gossip) }
        #expect(try Self.size(5, limit: 300, gossip).keptLinks >= 1)
    }

    @Test func tracesTakeADescriptorEach() throws {
        #expect(throws: LaunchError.self) {
            try LocalSwarmSize(Self.topology(1_000), recordsTraces: true, descriptorLimit: 16_216)
        }
        #expect(try Self.size(1_000, limit: 16_216).keptLinks == 4)
    }
}
