import Foundation
import Testing

/// Text files that hold input and expected trace, in the manner of etcd-io/raft's `testdata`.
///
/// A file is a list of blocks, an empty line between them: comments, one command, `----`, what the command leads to.
/// `GOTORRENT_REWRITE_SCENARIOS=1 swift test --filter ScenarioTests` writes the expected parts anew; read the difference
/// before it is committed.
@Suite struct ScenarioTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Scenarios")

    private static let rewrites = ProcessInfo.processInfo.environment["GOTORRENT_REWRITE_SCENARIOS"] == "1"

    static let names = [
        "strict-separation", "relaxed-separation", "push-pull", "rarest-first", "missed-cycles", "clock-restart",
        "empty-file", "holdover",
    ]

    @Test(arguments: names)
    func runsAsWritten(name: String) throws {
        let file = Self.folder.appendingPathComponent(name + ".txt")
        let written = try String(contentsOf: file, encoding: .utf8)
        let scenario = Scenario(written)
        #expect(scenario.blocks.count > 3, "\(name) tells a story")
        var player = ScenarioPlayer()
        var played = scenario
        for index in played.blocks.indices {
            let block = scenario.blocks[index]
            played.blocks[index].trace = player.play(block.command)
            if !Self.rewrites {
                #expect(played.blocks[index].trace == block.trace, "\(name).txt:\(block.line): \(block.command)")
            }
        }
        if Self.rewrites { try played.text.write(to: file, atomically: true, encoding: .utf8) }
    }

    @Test func everyFileIsPlayed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".txt") && !$0.hasPrefix(".") }
        #expect(files.sorted() == Self.names.map { $0 + ".txt" }.sorted())
    }

    @Test func aFileIsReadAndWrittenAlike() throws {
        for name in Self.names {
            let text = try String(contentsOf: Self.folder.appendingPathComponent(name + ".txt"), encoding: .utf8)
            #expect(Scenario(text).text == text)
        }
    }

    @Test func whatIsNoCommandIsSaid() {
        var player = ScenarioPlayer()
        #expect(player.play("node xx style=sideways") == ["error: style=sideways"])
        #expect(player.play("tock 1") == ["error: tock 1"])
    }
}
