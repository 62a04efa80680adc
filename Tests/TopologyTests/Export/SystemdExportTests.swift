import Foundation
import Subprocess
import TestSupport
import Testing

@testable import Topology

@Suite struct SystemdExportTests {
    private static let analyze = "/usr/bin/systemd-analyze"

    @Test func theUnitsAreThoseThatAreKept() throws {
        try ExportSample.compare(ExportSample.export().files(.systemd), with: "systemd")
    }

    @Test(arguments: [
        ("plain-1.2/3:4,5", "plain-1.2/3:4,5"), ("50%", "50%%"), ("$x", "$$x"), ("a b", "\"a b\""), ("", "\"\""),
        ("it's \"so\" \\", "\"it's \\\"so\\\" \\\\\""), ("a\nb", "\"a\\nb\""), ("a;b", "\"a;b\""), ("ü", "\"ü\""),
    ])
    func wordsAreQuotedAsSystemdReadsThem(word: String, expected: String) {
        #expect(SystemdExport.quoted(word) == expected)
    }

    @Test func noPathEndsTheCommentThatNamesIt() throws {
        var topology = ExportSample.topology
        topology.torrent.file = "/a\n[Service]\nUser=root\n/b"
        let files = try TopologyExport(topology, torrent: ExportSample.torrent).files(.systemd)
        for file in files { #expect(!String(decoding: file.bytes, as: UTF8.self).contains("\nUser=root")) }
    }

    /// `systemd-analyze verify` also looks for the programs, so the units name one that is there.
    @Test(
        .enabled("no \(analyze)", { FileManager.default.isExecutableFile(atPath: analyze) }),
        .timeLimit(.minutes(2)))
    func systemdFindsNothingToSayAboutTheUnits() async throws {
        let folder = try TemporaryFolder()
        // The secured ones have all that the others have.
        let files = try ExportSample.secured(.systemd) { $0.program = "/bin/true" }.files(.systemd)
        let units = files.filter { $0.path.hasPrefix("lab1/gotorrent") }
        #expect(units.count == 4)
        let paths = try units.map { try folder.write(String($0.path.dropFirst("lab1/".count)), $0.bytes) }
        #expect(try await verify(paths) == "")
        // It does look.
        let wrong = try folder.write("wrong.service", Array("[Service]\nExecStart=/bin/true\nRestart=perhaps\n".utf8))
        #expect(try await verify([wrong]).contains("restart specifier"))
    }

    /// What it says.
    private func verify(_ units: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("systemd-analyze"), arguments: Arguments(["verify", "--man=no"] + units), input: .none,
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        return result.standardOutput + result.standardError
    }
}
