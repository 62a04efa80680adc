import Foundation
import TestSupport
import Testing

/// `scripts/install.sh`, with the programs that the tests were built with.
@Suite struct InstallTests {
    private func install(_ arguments: [String]) async throws -> Program.Ending {
        try await Program.run(
            "/usr/bin/env", ["bash", Repository.path("scripts/install.sh")] + arguments)
    }

    private var programs: String { URL(fileURLWithPath: Repository.program).deletingLastPathComponent().path }

    private func files(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    @Test(.timeLimit(.patience(minutes: 3))) func whatIsInstalledIsRemovedAndNothingElse() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.makeFolder("bin")
        try folder.write("bin/other", "somebody else's")
        let before = try files(folder)
        // Twice, as after an update.
        for _ in 0..<2 {
            let ending = try await install(["--prefix", folder.path, "--programs", programs])
            #expect(ending.code == 0, "\(ending.errors)")
        }
        let version = try await Program.run(folder.path("bin/gotorrent"), ["--version"])
        #expect(version.output == (try await Program.gotorrent("--version")).output && version.code == 0)
        let installed = try files(folder)
        for path in [
            "bin/gotorrent-web", "share/man/man1/gotorrent-get.1", "share/bash-completion/completions/gotorrent",
            "share/zsh/site-functions/_gotorrent", "share/fish/vendor_completions.d/gotorrent.fish",
        ] { #expect(installed.contains(path)) }
        #expect(!installed.contains { $0.hasSuffix(".new") })
        let removed = try await install(["--uninstall", "--prefix", folder.path])
        #expect(removed.code == 0, "\(removed.errors)")
        #expect(try files(folder) == before)
        let again = try await install(["--uninstall", "--prefix", folder.path])
        #expect(again.code == 1 && again.errors.contains("Nothing was installed below \(folder.path)"))
    }

    @Test func aListThatLeadsElsewhereRemovesNothing() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.makeFolder("prefix/share/gotorrent")
        try folder.write("kept", "")
        try folder.write("prefix/share/gotorrent/installed", "share/../../kept\n")
        let ending = try await install(["--uninstall", "--prefix", folder.path("prefix")])
        #expect(ending.code == 1 && ending.errors.contains("is not below the prefix"), "\(ending.errors)")
        #expect(folder.exists("kept"))
    }

    @Test func aPrefixThatIsAFileIsNamed() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("file", "")
        let ending = try await install(["--prefix", file + "/below", "--programs", programs])
        #expect(ending.code == 1 && ending.errors.contains("\(file) is no folder"), "\(ending.errors)")
    }
}
