import GossipCore
import GossipNode
import TestSupport
import Testing

@testable import Topology

@Suite struct TopologyParserTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("text", "GOTORRENT")
    }

    private func parse(_ yaml: String) throws -> TopologyDescription {
        try TopologyParser.parse(path: folder.write("topology.yaml", yaml))
    }

    private static let nodes = "nodes: {seed: {role: seed}, peer1: {}}"

    @Test func theLeastThatATopologyCanSayGetsEveryDefault() throws {
        let description = try parse("torrent: {file: text}\n\(Self.nodes)\n")
        #expect(
            description
                == TopologyDescription(
                    torrent: TorrentDescription(file: folder.path + "/text"),
                    nodes: [NodeDescription(name: "seed", role: .seed), NodeDescription(name: "peer1")]))
        #expect(description.name == "gotorrent")
        #expect(description.torrent.chunkSize == 1)
        #expect(description.gossip == GossipParameters(style: .pushPull, fanout: 2))
        #expect(description.cycle == .seconds(1))
        #expect(description.tracker.ports == [6969, 6970, 6971])
        #expect(description.tracker.sampleSize == 3)
        #expect(description.hosts == [HostDescription(name: "local", address: "127.0.0.1")])
        #expect(description.stallTimeoutCycles == 30)
    }

    @Test(arguments: [
        ("tracker", PeerSampling.tracker), ("cyclon", .cyclon),
        ("cyclon, view-size: 5", .cyclon(viewSize: 5, shuffleLength: 5)),
        ("cyclon, view-size: 30", .cyclon(viewSize: 30, shuffleLength: 8)),
        ("cyclon, view-size: 30, shuffle-length: 12", .cyclon(viewSize: 30, shuffleLength: 12)),
    ])
    func peerSamplingIsReadAndPassedOn(text: String, sampling: PeerSampling) throws {
        let description = try parse("torrent: {file: text}\ngossip: {peer-sampling: \(text)}\n\(Self.nodes)\n")
        #expect(description.gossip.peerSampling == sampling)
        #expect(try TopologyParser.parse(Array(description.render().utf8), path: "/topology.yaml") == description)
        let command = NodeCommand.node(
            description.nodes[1], of: description, metafile: "m", dataPath: "d",
            endpoints: TrackerEndpoints(requests: "tcp://h:1", busSubscribe: "tcp://h:2", busPublish: "tcp://h:3"))
        let expected = sampling.sizes.map {
            ["--peer-sampling", "cyclon", "--view-size", "\($0.view)", "--shuffle-length", "\($0.shuffle)"]
        }
        #expect(Array(command.arguments.suffix(expected?.count ?? 0)) == expected ?? [])
        #expect(command.arguments.contains("--peer-sampling") == (expected != nil))
    }

    @Test(arguments: [
        ("", []), ("metrics: 7990", ["127.0.0.1:7990", "127.0.0.1:7991", "127.0.0.1:7992"]),
        ("metrics: 10.0.0.5", ["10.0.0.5:6990", "10.0.0.5:6991", "10.0.0.5:6992"]),
        ("metrics: '[::]:0'", ["[::]:0", "[::]:0", "[::]:0"]),
    ])
    func eachProcessServesMetricsOnAPortOfItsOwn(text: String, addresses: [String]) throws {
        let description = try parse("torrent: {file: text}\n\(text)\n\(Self.nodes)\n")
        #expect(try TopologyParser.parse(Array(description.render().utf8), path: "/topology.yaml") == description)
        let endpoints = TrackerEndpoints(requests: "tcp://h:1", busSubscribe: "tcp://h:2", busPublish: "tcp://h:3")
        let commands =
            [NodeCommand.tracker(of: description)]
            + description.nodes.map { .node($0, of: description, metafile: "m", dataPath: "d", endpoints: endpoints) }
        let options = commands.map { command in
            command.arguments.firstIndex(of: "--metrics").map { command.arguments[$0 + 1] }
        }
        #expect(options == (addresses.isEmpty ? [nil, nil, nil] : addresses))
    }

    /// A swarm that leaves the machine is secured unless the topology says otherwise.
    @Test(arguments: [
        ("", SecurityMode.none), ("security: curve\n", .curve), ("hosts: {local: {address: 10.0.0.5}}\n", .none),
        ("hosts: {local: {address: 10.0.0.5}, lab1: {address: 10.0.0.11, ssh: lab1}}\n", .curve),
        ("security: none\nhosts: {local: {address: 10.0.0.5}, lab1: {address: 10.0.0.11, ssh: lab1}}\n", .none),
    ])
    func securityIsWhatIsWrittenOrWhatTheHostsNeed(text: String, security: SecurityMode) throws {
        let description = try parse("\(text)torrent: {file: text}\n\(Self.nodes)\n")
        #expect(description.security == security)
        let endpoints = TrackerEndpoints(requests: "tcp://h:1", busSubscribe: "tcp://h:2", busPublish: "tcp://h:3")
        let commands = [
            NodeCommand.tracker(of: description),
            .node(description.nodes[1], of: description, metafile: "m", dataPath: "d", endpoints: endpoints),
        ]
        for command in commands {
            #expect(command.arguments.contains("--credentials-from-input") == (security == .curve))
        }
    }

    @Test func everyValueIsRead() throws {
        let description = try parse(
            """
            name: lab-7
            torrent: {file: ./text, chunk-size: 256KiB}
            gossip: {style: pull, fanout: 3, cycle: 100ms, chunk-selection: rarest-first, separation: relaxed}
            tracker:
              host: lab1
              port: 0
              announce-interval: 1s
              peer-timeout: 1.5s
              sample-size: 5
              refresh-interval: 500ms
            run: {stall-timeout: 99}
            hosts:
              lab1: {address: 10.0.0.11, ssh: student@lab1}
              six: {address: "[fe80::1%eth0]"}
            nodes:
              zeta: {host: lab1, role: seed, port: 7000}
              alpha: {host: six, role: peer}
              "1": {host: lab1, port: 0}
            """)
        #expect(description.name == "lab-7")
        #expect(description.torrent == TorrentDescription(file: folder.path + "/text", chunkSize: 262_144))
        #expect(
            description.gossip
                == GossipParameters(style: .pull, fanout: 3, chunkSelection: .rarestFirst, separation: .relaxed))
        #expect(description.cycle == .milliseconds(100))
        #expect(
            description.tracker
                == TrackerDescription(
                    host: "lab1", port: 0, announceInterval: .seconds(1), peerTimeout: .milliseconds(1500),
                    sampleSize: 5, refreshInterval: .milliseconds(500)))
        #expect(description.tracker.ports == [])
        #expect(description.stallTimeoutCycles == 99)
        #expect(description.host(named: "lab1")?.ssh == "student@lab1")
        #expect(description.host(named: "six")?.address == "[fe80::1%eth0]")
        #expect(
            description.nodes == [
                NodeDescription(name: "zeta", host: "lab1", role: .seed, port: 7000),
                NodeDescription(name: "alpha", host: "six"), NodeDescription(name: "1", host: "lab1"),
            ])
    }

    @Test func anAbsolutePathAndAFolderWithSpacesAreFound() throws {
        let file = try folder.write("with a # space.txt", "x")
        let description = try parse("torrent: {file: \"\(file)\"}\n\(Self.nodes)\n")
        #expect(description.torrent.file == file)
    }

    @Test func theRepositorysOwnTopologyIsTheBaseDeployment() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let description = try TopologyParser.parse(path: "/\(root)/topology.yaml")
        #expect(description.seeds.map(\.name) == ["seed"])
        #expect(description.peers.map(\.name) == (1...5).map { "peer\($0)" })
        let standard = TopologyDescription(
            torrent: TorrentDescription(file: "/\(root)/Samples/GOTORRENT.txt"), nodes: description.nodes)
        #expect(description == standard)
        #expect(FileProbe.read(description.torrent.file, atMost: 100) == Array("GOTORRENT".utf8))
    }

    @Test func aByteOrderMarkAndWindowsLineEndsDoNoHarm() throws {
        #expect(try parse("\u{FEFF}torrent: {file: text}\r\n\(Self.nodes)\r\n").peers.count == 1)
    }

    @Test func anEmptyFileCanBeCopied() throws {
        try folder.write("empty", "")
        #expect(try parse("torrent: {file: empty}\n\(Self.nodes)").torrent.chunkSize == 1)
    }

    @Test func peersThatAreCountedArePlacedOverTheHostsInTurn() throws {
        let description = try parse(
            """
            torrent: {file: text}
            hosts: {lab2: {address: 10.0.0.2}, lab1: {address: 10.0.0.1}, lab3: {address: 10.0.0.3}}
            tracker: {host: lab1}
            nodes: {seed: {role: seed, host: lab1}, own: {host: lab3, port: 7000}}
            peers: 200
            """)
        #expect(description.nodes.count == 202)
        #expect(description.peers.map(\.name) == ["own"] + (1...200).map { "peer\($0)" })
        #expect(description.peers.dropFirst().prefix(4).map(\.host) == ["lab2", "lab1", "lab3", "lab2"])
        let onHosts = Dictionary(grouping: description.peers.dropFirst(), by: \.host).mapValues(\.count)
        #expect(onHosts == ["lab2": 67, "lab1": 67, "lab3": 66])
        #expect(description.peers.dropFirst().allSatisfy { $0.role == .peer && $0.port == nil })
        #expect(try TopologyParser.parse(Array(description.render().utf8), path: "/topology.yaml") == description)
    }

    @Test func aSeedAndACountAreEnough() throws {
        let description = try parse("torrent: {file: text}\nnodes: {seed: {role: seed}}\npeers: 5\n")
        #expect(description.nodes.map(\.name) == ["seed", "peer1", "peer2", "peer3", "peer4", "peer5"])
        #expect(description.nodes.allSatisfy { $0.host == "local" })
    }

    @Test func moreNodesThanAnyoneHasAreReadInOrder() throws {
        let peers = (1...2000).map { "  p\($0):" }.joined(separator: "\n")
        let description = try parse("torrent: {file: text}\nnodes:\n  seed: {role: seed}\n\(peers)\n")
        #expect(description.peers.count == 2000)
        #expect(description.nodes.last?.name == "p2000")
    }
}
