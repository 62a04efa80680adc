import Metainfo
import Subprocess
import TestSupport
import Testing

@testable import Topology

/// The script, run by this machine's shell as a host's login shell runs it.
@Suite struct HostScriptTests {
    /// Stands for the program: says what it is started with.
    private static let program = "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\necho \"started $*\"\n"

    private static func digest(_ text: String) -> String {
        Array(text.utf8).withUnsafeBytes { Digest256(hashing: $0) }.description
    }

    /// Runs it with all its input at once, which is what a host on a fast line sees.
    /// - Returns: what it says, line by line.
    private func run(_ script: HostScript, sending input: String = "") async throws -> [String] {
        let bytes = script.bytes + Array(input.utf8)
        let result = try await Subprocess.run(
            .name("sh"), arguments: ["-c", HostTransport.remoteCommand], input: .array(bytes),
            output: .string(limit: 65536), error: .string(limit: 65536))
        return result.standardOutput.split(separator: "\n").map(String.init)
    }

    @Test func theProgramIsCopiedTriedAndStarted() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path("a 'strange' $HOME folder")
        let digest = Self.digest(Self.program)
        let lines = try await run(
            HostScript(root: root, run: "run1", digest: digest, size: UInt64(Self.program.utf8.count)),
            sending: Self.program)
        let said = lines.compactMap { HostLine($0) }
        let system = SystemName.current
        #expect(said.first == .system(name: system.name, processor: system.processor))
        #expect(said.suffix(2) == [.missing, .agent])
        guard case .space(let free?, let path)? = said.dropFirst().first else {
            Issue.record("no space is told: \(lines)")
            return
        }
        #expect(free > 0 && path == "\(root)/runs/run1")
        #expect(lines.last?.hasPrefix("started agent --folder \(root)/runs/run1 --program-digest \(digest)") == true)
        #expect(folder.read("a 'strange' $HOME folder/runs/run1/gotorrent") == Array(Self.program.utf8))
    }

    @Test func aProgramThatIsThereIsNotCopied() async throws {
        let folder = try TemporaryFolder()
        let digest = Self.digest(Self.program)
        _ = try folder.makeFolder("bin")
        try folder.write("bin/\(digest)", Self.program)
        #expect(chmodded(folder.path("bin/\(digest)")))
        let lines = try await run(HostScript(root: folder.path, run: "run1", digest: digest, size: 1))
        #expect(!lines.compactMap { HostLine($0) }.contains(.missing))
        #expect(lines.last == "started agent --folder \(folder.path)/runs/run1")
    }

    @Test(arguments: ["", "shorter", "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\necho \"changed! $*\"\n"])
    func aProgramThatDidNotArriveIsNotStarted(sent: String) async throws {
        let folder = try TemporaryFolder()
        let lines = try await run(
            HostScript(
                root: folder.path("root"), run: "run1", digest: Self.digest(Self.program),
                size: UInt64(Self.program.utf8.count)), sending: sent)
        guard case .failed(.copy(let text))? = lines.last.flatMap({ HostLine($0) }) else {
            Issue.record("\(lines)")
            return
        }
        // Of more than was announced the rest is not looked at.
        let came = min(sent.utf8.count, Self.program.utf8.count)
        #expect(text.contains("\(came) of \(Self.program.utf8.count) bytes came"), "\(text)")
        #expect(try folder.names == [], "nothing is left")
    }

    @Test func aProgramThatDoesNotStartSaysWhy() async throws {
        let folder = try TemporaryFolder()
        let program = "#!/bin/sh\necho 'libzmq.so.5: cannot open' >&2\nexit 127\n"
        let lines = try await run(
            HostScript(
                root: folder.path("root"), run: "r", digest: Self.digest(program), size: UInt64(program.utf8.count)),
            sending: program)
        guard case .failed(.start(_, let text))? = lines.last.flatMap({ HostLine($0) }) else {
            Issue.record("\(lines)")
            return
        }
        #expect(text == "libzmq.so.5: cannot open")
        #expect(try folder.names == [], "nothing is left")
    }

    @Test func aFolderThatCannotBeMadeIsNamed() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("file", "x")
        let lines = try await run(HostScript(root: file, run: "r", digest: "d", size: 1))
        guard case .failed(.folder(let text))? = lines.last.flatMap({ HostLine($0) }) else {
            Issue.record("\(lines)")
            return
        }
        #expect(text.contains(file))
    }

    @Test func aRunThatIsNotThereIsNotMade() async throws {
        let folder = try TemporaryFolder()
        let lines = try await run(HostScript(root: folder.path, run: "r", digest: "d", size: 1, isAttaching: true))
        #expect(lines.last.flatMap { HostLine($0) } == .failed(.gone("\(folder.path)/runs/r")))
        #expect(try folder.names == [])
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

private func chmodded(_ path: String) -> Bool { chmod(path, 0o700) == 0 }
