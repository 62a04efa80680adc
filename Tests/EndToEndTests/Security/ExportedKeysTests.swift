import Foundation
import GossipWire
import TestSupport
import Testing
import ZeroMQ

/// `gotorrent export` of a swarm with keys.
@Suite struct ExportedKeysTests {
    private static let nodes = ["seed", "peer1", "peer2"]

    private static func topology(_ security: String) -> String {
        """
        name: lab
        security: \(security)
        torrent: {file: "\(Repository.path("Samples/GOTORRENT.txt"))", chunk-size: 1}
        nodes: {seed: {role: seed}, peer1: {}, peer2: {}}
        """
    }

    @Test(.timeLimit(.patience(minutes: 2)), arguments: ["systemd", "compose"])
    func theFilesHaveTheListAndNoSecret(format: String) async throws {
        let roles = Dictionary(uniqueKeysWithValues: Self.nodes.map { ($0, "node") })
        let keyring = try await Keyring(roles.merging(["tracker": "tracker", "screen": "monitor"]) { $1 })
        let folder = try TemporaryFolder()
        let topology = try folder.write("topology.yaml", Self.topology("curve"))
        let ending = try await Program.gotorrent(
            "export", "--format", format, topology, "--keys", keyring.folder.path, "--output", folder.path("out"))
        #expect(ending.code == 0, "\(ending.errors)")
        let secrets = try (Self.nodes + ["tracker", "screen"]).map { try keyring.pair($0).secretKey.bytes.hex }
        let paths = ending.output.split(separator: "\n").map(String.init)
        let lists = paths.filter { $0.hasSuffix("/swarm.allow") }
        #expect(lists.count == 1)
        for path in paths {
            let text = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
            for secret in secrets { #expect(!text.contains(secret), "\(path)") }
            guard lists.contains(path) else { continue }
            let keys = Set(text.split(separator: "\n").map { String($0.prefix(64)) })
            #expect(keys == Set(keyring.publicKeys.values))
        }
    }

    @Test(.timeLimit(.patience(minutes: 2))) func whatIsMissingIsSaidAndNothingIsWritten() async throws {
        let keyring = try await Keyring(["tracker": "tracker", "seed": "node", "peer1": "node"])
        let folder = try TemporaryFolder()
        let (closed, open) = (
            try folder.write("closed.yaml", Self.topology("curve")),
            try folder.write("open.yaml", Self.topology("none"))
        )
        for (topology, keys, hint) in [
            (closed, nil, "--keys names the folder"),
            (closed, keyring.folder.path, "keys new \(keyring.file("peer2"))"),
            (closed, folder.path("nowhere"), "cannot read the folder of keys"),
            (open, keyring.folder.path, "security: curve"),
        ] {
            let ending = try await Program.run(
                Repository.program,
                ["export", "--format", "systemd", topology, "--output", folder.path("out")]
                    + (keys.map { ["--keys", $0] } ?? []))
            #expect(ending.code == 2)
            #expect(ending.errors.contains(hint), "\(ending.errors)")
            #expect(folder.read("out/local/gotorrent.target") == nil)
        }
    }
}
