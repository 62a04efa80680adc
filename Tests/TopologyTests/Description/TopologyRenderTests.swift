import GossipCore
import HTTPText
import TestSupport
import Testing

@testable import Topology

@Suite struct TopologyRenderTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func roundTrip(_ description: TopologyDescription) throws -> TopologyDescription {
        // From a folder elsewhere, as the run directory is.
        try TopologyParser.parse(Array(description.render().utf8), path: "/elsewhere/topology.yaml")
    }

    @Test func theTextIsWhatANewcomerWouldWrite() throws {
        let file = try folder.write("text", "GOTORRENT")
        let description = TopologyDescription(
            torrent: TorrentDescription(file: file, chunkSize: 262_144),
            hosts: [
                .local,
                HostDescription(name: "lab1", address: "10.0.0.11", ssh: "student@lab1", folder: "/var/tmp/g t"),
            ],
            nodes: [NodeDescription(name: "seed", role: .seed), NodeDescription(name: "p1", host: "lab1", port: 7000)])
        #expect(
            description.render() == """
                name: gotorrent
                security: none
                torrent:
                  file: "\(file)"
                  chunk-size: 256KiB
                gossip:
                  style: push-pull
                  fanout: 2
                  cycle: 1s
                  chunk-selection: random
                  separation: strict
                  peer-choice: uniform
                  exchange: single
                tracker:
                  host: local
                  port: 6969
                  announce-interval: 10s
                  peer-timeout: 10s
                  sample-size: 3
                  refresh-interval: 2s
                run:
                  stall-timeout: 30
                hosts:
                  local: {address: "127.0.0.1"}
                  lab1: {address: "10.0.0.11", ssh: "student@lab1", folder: "/var/tmp/g t"}
                nodes:
                  seed: {host: local, role: seed}
                  p1: {host: lab1, role: peer, port: 7000}

                """)
        #expect(try roundTrip(description) == description)
    }

    @Test(arguments: [
        "plain", "with space", "quote\"d", "back\\slash", "line\nend", "tab\t", "# no: {comment}", "ü 🐻", "\u{85}",
    ])
    func anyPathComesBack(name: String) throws {
        let file = try folder.write(name, "x")
        let description = TopologyDescription(
            torrent: TorrentDescription(file: file), nodes: [NodeDescription(name: "s", role: .seed), .init(name: "p")])
        #expect(try roundTrip(description) == description)
    }

    @Test func namesThatYAMLTakesForSomethingElseComeBack() throws {
        let file = try folder.write("text", "x")
        let names = ["null", "Null", "true", "no", "1", "0x1F", "1_000", "-", "--", "_", "1e3", "y"]
        let description = TopologyDescription(
            name: "123", torrent: TorrentDescription(file: file),
            hosts: [HostDescription(name: "null", address: "::1")],
            nodes: [NodeDescription(name: "seed", host: "null", role: .seed)])
        // ::1 needs its brackets; a description built by hand is checked like any other.
        #expect(throws: TopologyError.self) { try roundTrip(description) }
        var right = description
        right.hosts[0].address = "[::1]"
        right.tracker.host = "null"
        right.nodes += names.filter { $0 != "Null" }.map { NodeDescription(name: $0, host: "null") }
        #expect(try roundTrip(right) == right)
    }

    @Test func randomDescriptionsComeBack() throws {
        let file = try folder.write("text", "GOTORRENT")
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            var description = TopologyDescription(
                torrent: TorrentDescription(file: file, chunkSize: .random(in: 1...(64 << 20), using: &generator)),
                gossip: GossipParameters(
                    style: GossipStyle.allCases.randomElement(using: &generator)!,
                    fanout: .random(in: 1...65535, using: &generator),
                    chunkSelection: ChunkSelection.allCases.randomElement(using: &generator)!,
                    separation: Separation.allCases.randomElement(using: &generator)!,
                    peerChoice: PartnerChoice.allCases.randomElement(using: &generator)!,
                    exchange: ExchangeMode.allCases.randomElement(using: &generator)!),
                cycle: .milliseconds(Int.random(in: 1...3_600_000, using: &generator)),
                nodes: [NodeDescription(name: "seed", role: .seed)],
                stallTimeoutCycles: .random(in: 1...1_000_000, using: &generator))
            description.security = SecurityMode.allCases.randomElement(using: &generator)!
            description.tracker.port = .random(in: 0...6000, using: &generator)
            if Bool.random(using: &generator) {
                description.metrics = ListenAddress(
                    host: ["127.0.0.1", "0.0.0.0", "::1"].randomElement(using: &generator)!,
                    port: .random(in: 8000...60_000, using: &generator))
            }
            description.tracker.announceInterval = .milliseconds(Int.random(in: 10...10_000, using: &generator))
            description.tracker.refreshInterval = .milliseconds(Int.random(in: 10...86_400_000, using: &generator))
            for number in 1...Int.random(in: 1...9, using: &generator) {
                let port: UInt16? = Bool.random(using: &generator) ? UInt16(7000 + number) : nil
                description.nodes.append(NodeDescription(name: "p\(number)", port: port))
            }
            #expect(try roundTrip(description) == description)
        }
    }
}
