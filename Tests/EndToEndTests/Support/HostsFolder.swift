import Foundation
import TestSupport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A topology over two hosts, which are this machine: in place of ssh a script that runs what the host's shell is given.
///
/// What sshd and networks do is for `scripts/test-machines.sh`; here is everything that needs neither.
struct HostsFolder: Sendable {
    let folder: TemporaryFolder
    private let chunkCount: Int

    /// - Parameter refusing: whether the second host lets nobody in.
    init(chunkCount: Int, refusing: Bool = false) throws {
        self.chunkCount = chunkCount
        folder = try TemporaryFolder()
        try folder.write("text.txt", (0..<chunkCount).map { UInt8(truncatingIfNeeded: $0 % 26 + 97) })
        let script = try folder.write(
            "ssh",
            """
            #!/bin/sh
            for last; do
                case $last in refusing) echo "$last: Permission denied (publickey)." >&2; exit 255 ;; esac
            done
            echo "a login script says something"
            exec sh -c "$last"

            """)
        _ = chmod(script, 0o700)
        // An address that is no loopback and yet this machine.
        try folder.write(
            "topology.yaml",
            """
            name: hosts
            torrent: {file: text.txt, chunk-size: 1}
            gossip: {cycle: 100ms}
            tracker: {host: lab1, port: 0}
            run: {stall-timeout: 300}
            hosts:
              lab1: {address: 0.0.0.0, ssh: lab1, folder: "\(folder.path("lab 1"))"}
              lab2: {address: 0.0.0.0, ssh: \(refusing ? "refusing" : "lab2"), folder: "\(folder.path("lab2"))"}
            nodes:
              seed: {host: lab1, role: seed}
              peer1: {host: lab1}
              peer2: {host: lab2}

            """)
    }

    var output: String { folder.path("run") }

    func run(
        _ options: String..., body: @escaping @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Program.Ending {
        let arguments = ["run", folder.path("topology.yaml"), "--output", output, "--no-figures"] + options
        return try await Turn.swarms.take { try await gotorrent(arguments, body: body) }
    }

    func gotorrent(
        _ arguments: [String], body: @escaping @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Program.Ending {
        try await Program.run(
            Repository.program, arguments, environment: ["GOTORRENT_SSH": folder.path("ssh")], body: body)
    }

    /// How many peers of the run have the whole file on their hosts.
    var completePeers: Int {
        get throws {
            var count = 0
            for (host, peer) in [("lab 1", "peer1"), ("lab2", "peer2")] {
                let runs = try FileManager.default.contentsOfDirectory(atPath: folder.path("\(host)/runs"))
                count += runs.count { folder.exists("\(host)/runs/\($0)/data/\(peer)/text.txt") }
            }
            return count
        }
    }

    /// Whether the hosts hold nothing of ours.
    var isNothingLeft: Bool { !folder.exists("lab 1") && !folder.exists("lab2") }
}
