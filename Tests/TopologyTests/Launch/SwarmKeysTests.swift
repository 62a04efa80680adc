import GossipCore
import GossipNode
import Testing
import ZeroMQ

@testable import Topology

@Suite struct SwarmKeysTests {
    private let topology = TopologyDescription(
        torrent: TorrentDescription(file: "/text"),
        nodes: [NodeDescription(name: "seed", role: .seed), NodeDescription(name: "peer1")], security: .curve)

    @Test func everyProcessGetsItsOwnPairAndTheListOfAll() throws {
        let keys = try SwarmKeys(for: topology)
        let all = ["tracker", "seed", "peer1"].map { keys.credentials(of: $0) }
        let pairs = all.map(\.keys) + [keys.watcher]
        #expect(Set(pairs.map(\.secretKey)).count == 4)
        for credentials in all {
            #expect(credentials.trackerKey == all[0].keys.publicKey)
            #expect(credentials.list == all[0].list)
        }
        let list = all[0].list
        #expect(list.entries.count == 4)
        #expect(pairs.map { list[$0.publicKey]?.role } == [.tracker, .node, .node, .monitor])
        #expect(all[1...].map { list[$0.keys.publicKey]?.name } == ["seed", "peer1"])
        #expect(keys.trackerKey == all[0].keys.publicKey)
    }

    @Test func othersWithKeysOfTheirOwnMayTakePart() throws {
        let screen = AllowList.Entry(key: try CurveKeyPair.generate().publicKey, name: "screen", role: .monitor)
        let keys = try SwarmKeys(for: topology, admitted: AllowList([screen]))
        for name in ["tracker", "seed", "peer1"] {
            let list = keys.credentials(of: name).list
            #expect(list[screen.key] == screen && list.entries.count == 5)
        }
    }

    @Test func anotherRunHasOtherKeys() throws {
        let (first, second) = (try SwarmKeys(for: topology), try SwarmKeys(for: topology))
        #expect(first.credentials(of: "seed").keys != second.credentials(of: "seed").keys)
        #expect(first.trackerKey != second.trackerKey)
    }
}
