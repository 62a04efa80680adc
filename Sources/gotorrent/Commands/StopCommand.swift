import ArgumentParser
import ProgramSupport
import Topology

struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "End a run that was detached, and bring home what its nodes left.",
        discussion: """
            Stops every node on every host, collects into the run directory, and removes the run from the hosts. Exit \
            code 0 only if every peer holds a verified copy.
            """)

    @Argument(help: "The run directory.")
    var directory: String

    @Option(help: "none, records or all: nothing, logs and traces, or the peers' copies as well.")
    var collect = HostFleet.Collection.all

    @Flag(help: "Leave the program and the seeds' files on the hosts, so that the next run need not copy them.")
    var keepCopies = false

    func run() async throws {
        try await Failure.reported {
            let session = try DetachedSession(directory)
            let (collect, keepCopies) = (collect, keepCopies)
            try await Interruption.stopping { try await session.stop(collect, keepsCopies: keepCopies) }
        }
    }
}
