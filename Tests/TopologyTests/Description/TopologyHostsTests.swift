import GossipCore
import Testing

@testable import Topology

@Suite struct TopologyHostsTests {
    private static let here = HostDescription(name: "here", address: "10.0.0.1")
    private static let lab1 = HostDescription(name: "lab1", address: "10.0.0.11", ssh: "lab1")

    private static func topology(_ hosts: [HostDescription], on host: String = "lab1") -> TopologyDescription {
        TopologyDescription(
            torrent: TorrentDescription(file: "/f"), tracker: TrackerDescription(host: hosts[0].name), hosts: hosts,
            nodes: [
                NodeDescription(name: "seed", host: hosts[0].name, role: .seed), NodeDescription(name: "p", host: host),
            ])
    }

    @Test func addressesThatOthersReachAreTaken() {
        #expect(Self.topology([Self.here, Self.lab1]).addressFault == nil)
    }

    @Test(arguments: ["127.0.0.1", "127.1.2.3", "localhost", "[::1]"])
    func aMachineAmongOthersNeedsAnAddress(address: String) {
        let here = HostDescription(name: "here", address: address)
        #expect(
            Self.topology([here, Self.lab1]).addressFault
                == "host here's address is \(address), by which no other machine reaches its nodes; "
                + "it must be the address of this machine in their network")
        let lab1 = HostDescription(name: "lab1", address: address, ssh: "lab1")
        #expect(
            Self.topology([Self.here, lab1]).addressFault?.hasSuffix("address of that machine in their network") == true
        )
    }

    @Test func whereAllIsOnThisMachineItNeedsNone() {
        #expect(Self.topology([.local, Self.lab1], on: "local").addressFault == nil)
    }

    @Test func onlyHostsWithNodesAreConnectedTo() {
        let topology = Self.topology([Self.here, Self.lab1, HostDescription(name: "idle", address: "a", ssh: "idle")])
        #expect(topology.usedHosts.map(\.name) == ["here", "lab1"])
        #expect(HostFleet.hosts(of: topology, isDetached: false).map(\.name) == ["lab1"])
        #expect(HostFleet.hosts(of: topology, isDetached: true).map(\.name) == ["here", "lab1"])
        #expect(topology.remoteHostsText == "lab1")
    }
}
