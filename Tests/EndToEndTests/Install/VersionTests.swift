import TestSupport
import Testing
import ZeroMQ

/// `--version`, and the script that tells builds their commit.
@Suite struct VersionTests {
    @Test(arguments: ["gotorrent", "gotorrent-web"])
    func programsNameVersionCommitAndLibrary(program: String) async throws {
        let number = try await output(Repository.path("scripts/version.sh"))
        let ending = try await Program.run(BuiltProgram.path(program), ["--version"])
        #expect(ending.code == 0, "\(ending.errors)")
        let prefix = "\(program) \(number) (commit "
        let suffix = ", libzmq \(LibraryVersion.current))\n"
        #expect(ending.output.hasPrefix(prefix) && ending.output.hasSuffix(suffix), "\(ending.output)")
        let commit = ending.output.dropFirst(prefix.count).dropLast(suffix.count)
        #expect(commit == "unknown" || commit.wholeMatch(of: /[0-9a-f]{10}(-dirty)?/) != nil, "\(commit)")
    }

    @Test func theCommitIsTheRepositorysOwn() async throws {
        let sources = try await Sources()
        let commit = try await sources.git("rev-parse", "--short=10", "HEAD")
        #expect(try await sources.commit() == commit)
        // What is not compiled does not count, what is does.
        try sources.folder.write("sources/README.md", "changed")
        #expect(try await sources.commit() == commit)
        try sources.folder.write("sources/Sources/new.swift", "let new = 1\n")
        #expect(try await sources.commit() == "\(commit)-dirty")
    }

    @Test func anArchiveIsStampedWithItsCommit() async throws {
        let sources = try await Sources()
        let commit = try await sources.git("rev-parse", "--short=10", "HEAD")
        try await sources.git("archive", "--output", sources.folder.path("archive.tar"), "HEAD")
        // Into somebody else's repository, whose commits are none of these sources.
        try await sources.git("init", "--quiet", sources.folder.path("other"))
        let other = sources.folder.path("other")
        #expect(try await run("tar", ["-x", "-f", sources.folder.path("archive.tar"), "-C", other]).code == 0)
        #expect(try await output(other + "/scripts/version.sh", "--commit") == commit)
    }

    @Test func sourcesOfNoCommitSaySo() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.makeFolder("scripts")
        let script = try folder.write("scripts/version.sh", Repository.text("scripts/version.sh"))
        #expect(try await run("bash", [script, "--commit"]).output == "unknown\n")
        #expect(try await run("bash", [script, "--time"]).output == "0\n")
    }

    /// A repository that holds the script, and the file that it reads the version in.
    private struct Sources {
        let folder: TemporaryFolder

        init() async throws {
            folder = try TemporaryFolder()
            _ = try folder.makeFolder("sources/scripts")
            _ = try folder.makeFolder("sources/Sources/ProgramSupport")
            for path in ["scripts/version.sh", ".gitattributes", "Sources/ProgramSupport/Version.swift"] {
                try folder.write("sources/\(path)", Repository.text(path))
            }
            try await git("init", "--quiet")
            try await git("add", ".")
            try await git(
                "-c", "user.name=n", "-c", "user.email=n@localhost", "commit", "--quiet", "--no-verify", "-m", "All")
        }

        @discardableResult
        func git(_ arguments: String...) async throws -> String {
            let ending = try await Program.run(
                "/usr/bin/env", ["git", "-C", folder.path("sources")] + arguments)
            #expect(ending.code == 0, "\(ending.errors)")
            return ending.output.trimmed
        }

        func commit() async throws -> String {
            let script = folder.path("sources/scripts/version.sh")
            return try await Program.run("/usr/bin/env", ["bash", script, "--commit"]).output.trimmed
        }
    }

    private func run(_ program: String, _ arguments: [String]) async throws -> Program.Ending {
        try await Program.run("/usr/bin/env", [program] + arguments)
    }

    private func output(_ script: String, _ arguments: String...) async throws -> String {
        let ending = try await run("bash", [script] + arguments)
        #expect(ending.code == 0, "\(ending.errors)")
        return ending.output.trimmed
    }
}

extension String {
    /// Without the line's end.
    fileprivate var trimmed: String { replacing(/\s+$/, with: "") }
}
