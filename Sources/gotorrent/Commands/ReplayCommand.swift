import ArgumentParser
import GossipNode
import GossipTrace
import ProgramSupport

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Play recorded nodes again, and compare every decision.",
        discussion: """
            A trace (gotorrent run --trace, or seed and get with --trace FILE) holds what happened to a node and what \
            it decided, a line each. Replaying it tells the same events to the same core and compares what that says; \
            docs/traces.md explains the format.

              gotorrent run topology.yaml --trace --output one-run
              gotorrent replay one-run/traces/*.trace
            """)

    @Argument(help: "The traces.")
    var files: [String]

    func run() async throws {
        try await Failure.reported {
            var areIdentical = true
            for file in files where try !Self.isIdentical(file) { areIdentical = false }
            if !areIdentical { throw ExitCode.failure }
        }
    }

    /// - Throws: `NodeError` where the file cannot be read.
    private static func isIdentical(_ file: String) throws -> Bool {
        var reader = try TraceReader(file)
        do throws(TraceError) {
            let replay = try TraceReplay.run { () throws(TraceError) in try reader.next() }
            Console.result("\(file): \(replay.eventCount) events, \(replay.actionCount) actions, identical")
            return true
        } catch {
            Console.error("\(file):\(error.line): \(error.text)")
            return false
        }
    }
}
