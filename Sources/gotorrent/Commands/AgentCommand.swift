import ArgumentParser
import ProgramSupport
import Topology

/// What a launcher starts on a host by ssh; see `Agent`.
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Hold the nodes of a run on this host for its launcher.",
        discussion: "Started by gotorrent run; it speaks with it on standard input and output.",
        shouldDisplay: false)

    @Option(help: "The run's folder.")
    var folder: String

    @Option(help: "The SHA-256 of this program where it was copied for this run alone.")
    var programDigest: String?

    @Flag(help: "The run was there before.")
    var attaching = false

    @Flag(help: "A shell waits for this process, and ends on TERM.")
    var detachable = false

    func run() throws {
        let agent: Agent
        do {
            agent = try Agent(
                executable: ExecutablePath.current, folder: folder, programDigest: programDigest,
                isAttaching: attaching, isDetachable: detachable)
        } catch {
            Console.error("\(error)")
            throw ExitCode.failure
        }
        throw ExitCode(agent.run())
    }
}
