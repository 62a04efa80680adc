import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `gotorrent get --proofs`: the info dictionary alone from the tracker, and a proof with each chunk.
@Suite struct ProvenGetTests {
    private static let size = 8 << 20 + 5
    private static let always = ["--proofs", "always"]

    /// Shares a file of 513 chunks through a narrow uplink while `body` works with it.
    private static func share(_ body: @escaping @Sendable (SharedFile, [UInt8]) async throws -> Void) async throws {
        let source = try TemporaryFolder()
        let content = LargeContent.bytes(size, seed: 21)
        let path = try source.write("large.bin", content)
        try await SharedFile.with(of: path, ["--chunk-size", "16KiB", "--upload-limit", "4MiB/s"]) { share in
            try await body(share, content)
        }
    }

    private static func infoHash(_ share: SharedFile) -> Substring { share.link.split(separator: "/").last ?? "" }

    /// What lies beside a download, hidden.
    private static func hidden(_ share: SharedFile, _ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: share.folder.path(name)).filter { $0.hasPrefix(".") }
            .sorted()
    }

    /// The second receiver comes when the first is complete, whose uplink is wide, and gets most from that one: it proves
    /// what it was given proofs of, and nothing else has told either of them a hash.
    @Test(.timeLimit(.patience(minutes: 5))) func oneReceiverProvesTheFileToAnother() async throws {
        try await Self.share { share, content in
            _ = try share.folder.makeFolder("early")
            _ = try await Program.run(
                Repository.program, share.arguments + Self.always + ["--stay", "forever", "--json"],
                in: share.folder.path("early")
            ) { early in
                _ = try await early.output.line("complete") { TransferLine($0)?.state == "complete" }
                let late = try await share.get(in: "late", Self.always + ["--stay", "0s"])
                #expect(late.code == 0, "\(late.errors)")
                _ = try await early.output.line("more than half") { (TransferLine($0)?.sentBytes ?? 0) > Self.size / 2 }
                early.send(SIGTERM)
            }
            for name in ["early", "late"] {
                #expect(try bytes(share.folder.path("\(name)/large.bin")) == content)
                // In the end there is the metafile, as if it had been fetched.
                #expect(try Self.hidden(share, name) == [".\(Self.infoHash(share)).torrent"])
            }
            let verify = ["get", share.link, "--output", ".", "--verify-only"]
            let ending = try await share.run(verify, in: "late")
            #expect(ending.code == 0 && ending.output == "./large.bin: whole; 513 of 513 chunks are valid\n")
        }
    }

    /// The one that goes on knows what came with proofs, asks for the rest alone, and needs no metafile to say so.
    @Test(.timeLimit(.patience(minutes: 5))) func afterAKillOnlyTheRestIsFetched() async throws {
        try await Self.share { share, content in
            _ = try share.folder.makeFolder("one")
            let killed = try await Program.run(
                Repository.program, share.arguments + Self.always + ["--json"], in: share.folder.path("one")
            ) { get in
                _ = try await get.output.line("2 MiB") { (TransferLine($0)?.bytes ?? 0) >= 2 << 20 }
                get.send(SIGKILL)
            }
            #expect(killed.signal == SIGKILL && !share.folder.exists("one/large.bin"))
            let held = try #require(TransferLine.all(of: killed.output).last?.bytes)
            let hash = Self.infoHash(share)
            #expect(try Self.hidden(share, "one") == [".\(hash).hashes", ".\(hash).info", ".large.bin.journal"])

            let verify = ["get", share.link, "--output", ".", "--verify-only"]
            let found = try await share.run(verify, in: "one")
            #expect(found.code == 1 && found.output.contains(" chunks are valid, 0 damaged, "), "\(found.output)")

            let again = try await share.get(in: "one", Self.always + ["--stay", "0s"])
            #expect(again.code == 0, "\(again.errors)")
            let listening = try #require(again.errors.split(separator: "\n").first { $0.hasSuffix(" listening") })
            let chunks = try #require(listening.firstMatch(of: /chunks=(\d+)\/513/)?.output.1)
            #expect(try #require(Int(chunks)) >= held / 16_384, "\(listening) after \(held) bytes")
            #expect(try bytes(share.folder.path("one/large.bin")) == content)
            #expect(try Self.hidden(share, "one") == [".\(hash).torrent"])
        }
    }

    /// A small file's metafile is fetched whole, unless it is said otherwise.
    @Test(.timeLimit(.patience(minutes: 5))) func theMetafileOfASmallFileComesWhole() async throws {
        try await SharedFile.with { share in
            for options in [[], ["--proofs", "never"]] {
                let name = "get\(options.count)"
                let ending = try await share.get(in: name, options + ["--stay", "0s"])
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(try Self.hidden(share, name) == [".\(Self.infoHash(share)).torrent"])
            }
            let ending = try await share.get(in: "push", Self.always + ["--exchange", "single", "--style", "push"])
            #expect(ending.code == 64)
            #expect(
                ending.errors.contains("--proofs always: with the style push chunks come unasked"), "\(ending.errors)")
        }
    }
}
