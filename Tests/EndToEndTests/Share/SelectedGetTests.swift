import Foundation
import TestSupport
import Testing

/// `gotorrent get --only` and `--exclude`.
@Suite struct SelectedGetTests {
    private static let files = ["README": 900, "src/a.c": 700_000, "src/a.o": 400_000, "src/lib/b.c": 20]

    private static func makeTree() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try folder.makeFolder("tree/src/lib")
        for (name, size) in files {
            var generator = SeededGenerator(seed: UInt64(size))
            try folder.write(
                "tree/\(name)", (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        }
        return folder
    }

    private static func found(_ share: SharedFile) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: share.folder.path("one/tree")).sorted()
    }

    @Test(.timeLimit(.patience(minutes: 5))) func someFilesAreFetchedAndThenTheRest() async throws {
        let source = try Self.makeTree()
        try await SharedFile.with(of: source.path("tree")) { share in
            let sources = ["--only", "src/**", "--exclude", "*.o"]
            let first = try await share.get(in: "one", sources + ["--stay", "0s", "--json"])
            #expect(first.code == 0, "\(first.errors)")
            #expect(try Self.found(share) == ["src", "src/a.c", "src/lib", "src/lib/b.c"])
            // 700,000 and 20 bytes in chunks of 256 KiB.
            let last = try #require(first.output.split(separator: "\n").last)
            #expect(last.contains("\"state\": \"complete\""), "\(last)")
            #expect(last.contains("\"chunks_held\": 4, \"chunk_count\": 4, "), "\(last)")
            #expect(last.contains("\"bytes\": 700020, \"total_bytes\": 700020, "), "\(last)")

            let verify = ["get", share.link, "--output", ".", "--verify-only"]
            let some = try await share.run(verify + sources, in: "one")
            #expect(some.code == 0 && some.output == "./tree: whole; 4 of 4 chunks are valid\n", "\(some.output)")
            let all = try await share.run(verify, in: "one")
            #expect(
                all.code == 1
                    && all.output == """
                        ./tree: not whole; 4 of 7 chunks are valid, 0 damaged, 3 missing
                        missing: chunks 0, 4-5
                          README: missing
                          src/a.o: missing

                        """,
                "\(all.output)")

            let rest = try await share.get(in: "one")
            #expect(rest.code == 0 && rest.output == "./tree\n", "\(rest.errors)")
            for name in Self.files.keys {
                #expect(
                    try bytes(share.folder.path("one/tree/\(name)")) == bytes(source.path("tree/\(name)")), "\(name)")
            }
            #expect(!share.folder.exists("one/tree.part"))
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aPatternThatMeansNothingIsWrongUsage() async throws {
        let source = try Self.makeTree()
        try await SharedFile.with(of: source.path("tree")) { share in
            for (options, complaint) in [
                (["--only", "lib/*"], "--only \"lib/*\" matches none of the 4 files of tree, such as README"),
                (["--only", "src", "--exclude", "src"], "--exclude leaves none of the files of tree to fetch"),
                (
                    ["--only", "src", "--chunk-selection", "coded"],
                    "with the selection coded files come all at once"
                ),
            ] {
                let ending = try await share.get(in: "one", options)
                #expect(ending.code == (options.contains("coded") ? 1 : 2), "\(ending.errors)")
                #expect(ending.errors.contains(complaint), "\(ending.errors)")
                #expect(!share.folder.exists("one/tree.part"))
            }
        }
        try await SharedFile.with { share in
            let ending = try await share.get(in: "one", ["--only", "*.img"])
            #expect(ending.code == 2)
            #expect(
                ending.errors.contains("big.img is one file; --only and --exclude choose among the files of a folder"))
        }
    }
}
