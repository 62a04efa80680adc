import Foundation
import Testing

@testable import Topology

/// The units of the Debian package, beside those that are exported.
@Suite struct PackagedUnitTests {
    @Test(arguments: ["gotorrent-tracker.service", "gotorrent-seed@.service"])
    func theyTakeFromAProcessWhatExportedUnitsTake(name: String) throws {
        let lines = try unit(name)
        let first = try #require(lines.firstIndex(of: SystemdHardening.lines[0]))
        #expect(Array(lines[first...].prefix(SystemdHardening.lines.count)) == SystemdHardening.lines)
        let exported = try #require(
            ExportSample.export().files(.systemd).first { $0.path.hasSuffix("gotorrent-tracker.service") })
        // What else both have, they have alike: of the sections, what is not about this node or how it is restarted.
        let others = String(decoding: exported.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        for setting in ["Wants=", "After=", "Restart=", "RestartSec=", "SuccessExitStatus=", "LimitNOFILE="] {
            let line = try #require(others.first { $0.hasPrefix(setting) })
            #expect(lines.contains(line), "\(setting)")
        }
    }

    @Test func theyRunAsAUserOfTheirOwn() throws {
        for name in ["gotorrent-tracker.service", "gotorrent-seed@.service"] {
            #expect(try unit(name).contains("User=gotorrent"))
        }
    }

    private func unit(_ name: String) throws -> [String] {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "packaging/systemd/\(name)"), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }
}
