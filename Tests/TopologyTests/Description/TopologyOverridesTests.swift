import GossipCore
import TestSupport
import Testing

@testable import Topology

@Suite struct TopologyOverridesTests {
    let folder: TemporaryFolder
    let topology: String

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("text", "GOTORRENT")
        topology = try folder.write(
            "topology.yaml",
            "torrent: {file: text}\ngossip: {fanout: 3}\nnodes: {seed: {role: seed, port: 7001}, peer1: {}}\n")
    }

    @Test func peerSamplingIsSet() throws {
        let overrides = TopologyOverrides(peerSampling: "cyclon")
        #expect(try TopologyParser.parse(path: topology, overrides: overrides).gossip.peerSampling == .cyclon)
        #expect(complaint(about: TopologyOverrides(peerSampling: "gossip")).contains("--peer-sampling is gossip"))
    }

    private func complaint(about overrides: TopologyOverrides) -> String {
        let error = #expect(throws: TopologyError.self) {
            try TopologyParser.parse(path: topology, overrides: overrides)
        }
        return error?.description ?? "nothing"
    }

    @Test func whatIsSetReplacesAndTheRestStays() throws {
        let description = try TopologyParser.parse(
            path: topology,
            overrides: TopologyOverrides(
                name: "trial", chunkSize: "2", style: "push", cycle: "100ms", chunkSelection: "rarest-first",
                separation: "relaxed", peerChoice: "least-recently-contacted", port: "0", stallTimeout: "5"))
        #expect(description.name == "trial")
        #expect(description.torrent.chunkSize == 2)
        #expect(
            description.gossip
                == GossipParameters(
                    style: .push, fanout: 3, chunkSelection: .rarestFirst, separation: .relaxed,
                    peerChoice: .leastRecentlyContacted))
        #expect(description.cycle == .milliseconds(100))
        #expect(description.tracker.port == 0)
        #expect(description.stallTimeoutCycles == 5)
        #expect(
            try TopologyParser.parse(path: topology, overrides: TopologyOverrides(fanout: "7")).gossip.fanout == 7)
    }

    @Test func theyAreCheckedLikeTheFile() {
        #expect(complaint(about: .init(fanout: "0")) == "--fanout is 0; it must be at least 1")
        #expect(
            complaint(about: .init(style: "puhs", cycle: "1")) == """
                --style is puhs; it must be push, pull or push-pull (push?)
                --cycle is 1; it must have a unit: 1ms, 1s, 1m or 1h
                """)
    }

    @Test func aPortThatCollidesIsTheOptionsFault() {
        #expect(
            complaint(about: .init(port: "6999")) == "--port: seed's port 7001 is one of the tracker's on the same "
                + "machine (6999 to 7001); each must have a port of its own")
    }
}
