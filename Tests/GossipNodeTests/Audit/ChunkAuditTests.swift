import GossipCore
import Metainfo
import TestSupport
import Testing
import ZeroMQ

@testable import GossipNode

/// What is on the disk, compared with its metafile; nothing is changed.
@Suite struct ChunkAuditTests {
    private static func audit(_ files: [String: String]) async throws -> AuditFindings {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(name, text) }
        let workers = try WorkerPool()
        let findings = try await ChunkAudit(try Samples.metafile(chunkSize: 2), workers: workers).run(in: folder.path)
        for (name, text) in files { #expect(folder.read(name) == Array(text.utf8)) }
        return findings
    }

    private static func members(_ set: ChunkSet) -> [ChunkID] {
        var members: [ChunkID] = []
        set.forEachMember { members.append($0) }
        return members
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var name = Samples.name
        let text: String
        let valid, damaged, missing: [ChunkID]
        var isWhole = false
        var excess: UInt64 = 0
    }

    /// GO TO RR EN T, in chunks of two bytes.
    static let cases: [Case] = [
        Case(
            testDescription: "whole", text: "GOTORRENT", valid: [0, 1, 2, 3, 4], damaged: [], missing: [], isWhole: true
        ),
        Case(testDescription: "damaged", text: "GOXORRENt", valid: [0, 2, 3], damaged: [1, 4], missing: []),
        Case(testDescription: "cut off", text: "GOTOR", valid: [0, 1], damaged: [2], missing: [3, 4]),
        Case(testDescription: "empty", text: "", valid: [], damaged: [], missing: [0, 1, 2, 3, 4]),
        Case(
            testDescription: "too long", text: "GOTORRENTS", valid: [0, 1, 2, 3, 4], damaged: [], missing: [], excess: 1
        ),
        // Zeros are damage in a file that has its own name, and nothing yet in a download.
        Case(testDescription: "zeros", text: "GO\0\0RRENT", valid: [0, 2, 3, 4], damaged: [1], missing: []),
        Case(
            testDescription: "a download", name: Samples.name + ".part", text: "GO\0\0XREN\0", valid: [0, 3],
            damaged: [2], missing: [1, 4]),
        Case(
            testDescription: "a download that only lacks its name", name: Samples.name + ".part", text: "GOTORRENT",
            valid: [0, 1, 2, 3, 4], damaged: [], missing: []),
    ]

    @Test(arguments: cases)
    func everyChunkIsValidDamagedOrMissing(expected: Case) async throws {
        let findings = try await Self.audit([expected.name: expected.text])
        #expect(Self.members(findings.valid) == expected.valid)
        #expect(Self.members(findings.damaged) == expected.damaged)
        #expect(Self.members(findings.missing) == expected.missing)
        #expect(findings.isWhole == expected.isWhole && findings.excessBytes == expected.excess)
        #expect(!findings.isNothing)
        #expect(findings.isFinished == (expected.name == Samples.name))
    }

    @Test func onlyTheFilesThatAreMeantAreLookedAt() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.makeFolder("set")
        for name in ["a", "b", "c"] { try folder.write("set/" + name, "file \(name)") }
        let metafile = try Metafile.describing(
            folder.path("set"), chunkSize: 16_384, tracker: TrackerURI("tcp://127.0.0.1:6969"))
        try folder.write("set/b", "fold b")
        let workers = try WorkerPool()
        func audit(_ wanted: Set<Int>?) async throws -> AuditFindings {
            try await ChunkAudit(metafile, workers: workers).run(in: folder.path, wanted: wanted)
        }
        let some = try await audit([0, 2])
        #expect(some.isWhole && Self.members(some.chunks) == [0, 2] && some.files.map(\.path) == ["a", "c"])
        let other = try await audit([1])
        #expect(!other.isWhole && Self.members(other.damaged) == [1] && other.missing.isEmpty)
        #expect(Self.members(try await audit(nil).damaged) == [1])
    }

    @Test func nothingIsNothing() async throws {
        let findings = try await Self.audit(["other.txt": "GOTORRENT"])
        #expect(findings.isNothing && !findings.isWhole && findings.missing.isComplete)
    }

    @Test func theFileWithItsOwnNameCountsNotTheDownload() async throws {
        let findings = try await Self.audit([Samples.name: "GOTORRENX", Samples.name + ".part": "GOTORRENT"])
        #expect(findings.isFinished && Self.members(findings.damaged) == [4])
    }
}
