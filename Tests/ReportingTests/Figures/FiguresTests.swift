import Foundation
import GossipCore
import TestSupport
import Testing

@testable import Reporting

@Suite struct FiguresTests {
    static let hasGnuplot =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")
        || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot")
        }

    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Records a made-up run and draws it.
    private func draw(
        peers: Int, chunks: UInt32, cycles: Cycle, name: String = "gotorrent", in path: String = "run",
        gnuplot: String = "gnuplot"
    ) async throws -> RunDirectory {
        let swarm = SampleSwarm(peers: peers, chunks: chunks)
        let directory = try RunDirectory.create(at: "\(folder.path)/\(path)")
        var recorder = RunRecorder(nodes: swarm.nodes, chunkCount: chunks)
        let writer = try RunWriter(directory)
        for cycle in 0...cycles {
            for report in swarm.reports(cycle) { try writer.append(recorder.record(report)) }
        }
        try writer.append(recorder.finish())
        var parameters = swarm.parameters
        parameters.name = name
        try await Figures(directory, gnuplot: gnuplot).draw(
            parameters: parameters, nodes: swarm.nodes, totals: recorder.totals, lastCycle: cycles)
        return directory
    }

    private func checkImages(_ directory: RunDirectory) throws {
        for figure in Figure.allCases {
            let svg = try String(contentsOfFile: directory.figure(figure, "svg"), encoding: .utf8)
            #expect(svg.contains("</svg>"))
            #expect(svg.contains("<path"))
            let png = [UInt8](try Data(contentsOf: URL(fileURLWithPath: directory.figure(figure, "png"))))
            #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(png.count > 5000)
            // Width and height, as the header has them.
            #expect(Array(png[16..<24]) == [0, 0, 6, 64, 0, 0, 3, 232])
        }
    }

    @Test(
        .enabled(if: hasGnuplot, "there is no gnuplot here: install gnuplot-nox, or gnuplot by Homebrew"),
        arguments: [
            (1, 9, 12), (5, 9, 14), (8, 100, 110), (9, 9, 14), (200, 40, 45), (5, 0, 0), (5, 0, 1), (1, 1, 1),
            (5, 1900, 2000),
        ] as [(Int, UInt32, Cycle)])
    func runsOfAnyShapeAreDrawn(peers: Int, chunks: UInt32, cycles: Cycle) async throws {
        try checkImages(
            await draw(peers: peers, chunks: chunks, cycles: cycles, in: "run-\(peers)-\(chunks)-\(cycles)"))
    }

    @Test(.enabled(if: hasGnuplot, "there is no gnuplot here"))
    func namesAndFoldersDoNotBecomeCommands() async throws {
        let name = "it's \"`touch x`\" $(touch x) \\n %f {/:Bold _x^2} é"
        let directory = try await draw(peers: 3, chunks: 3, cycles: 5, name: name, in: "a 'folder' $(touch y)\nof mine")
        try checkImages(directory)
        let svg = try String(contentsOfFile: directory.figure(.progress, "svg"), encoding: .utf8)
        #expect(svg.contains("$(touch x) \\n %f {/:Bold _x^2} é"))
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/x"))
    }

    @Test func withoutGnuplotTheErrorSaysHowToGetItAndTheDataStays() async throws {
        let error = await #expect(throws: ReportingError.self) {
            try await draw(peers: 2, chunks: 3, cycles: 4, gnuplot: "gnuplot-that-is-not-there")
        }
        #expect(error?.code == .gnuplotMissing)
        #expect(error?.message.contains("sudo apt-get install gnuplot-nox") == true)
        let entries = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/run").sorted()
        #expect(
            entries == [
                "cycles.csv", "data", "events.csv", "links.csv", "logs", "messages.gnuplot", "nodes.csv",
                "progress.gnuplot",
            ])
    }

    @Test func aGnuplotThatFailsIsQuoted() async throws {
        let fake = try folder.write("fake", "#!/bin/sh\necho 'line 7: no such thing' >&2\nexit 3\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fake)
        let error = await #expect(throws: ReportingError.self) {
            try await draw(peers: 2, chunks: 3, cycles: 4, gnuplot: fake)
        }
        #expect(error?.code == .gnuplotFailed)
        #expect(error?.message.contains("line 7: no such thing") == true)
    }
}
