import GossipCore
import GossipNode
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// One process of a swarm on this machine.
///
/// Its standard input is a pipe, over which it gets its keys, if it needs any, and what is commanded: the process stops when
/// that is closed, which the system does when the launcher is gone, whatever ended it. It runs in a process group of its
/// own, so that an interrupted terminal interrupts the launcher alone, and the launcher stops its processes in good
/// order.
struct NodeProcess: Sendable {
    /// From TERM to KILL. A node leaves at once, but one that has just become whole first waits for the disk.
    private static let grace = Duration.seconds(15)

    let executable: String
    let command: NodeCommand
    /// Where its standard error goes.
    let logPath: String
    /// Its keys; nil in an open swarm.
    var credentials: NodeCredentials?
    /// What a tracker is told while it runs; nil where nobody does.
    var clockCommands: AsyncStream<ClockCommand>?

    /// Starts the process and waits until it ends; a cancelled task ends it, by TERM and then by KILL.
    /// - Parameter onLine: called with each line that it writes to standard output.
    /// - Throws: `LaunchError` where it cannot be started.
    func run(onLine: @Sendable (String) async throws -> Void) async throws -> TerminationStatus {
        let log: FileDescriptor
        do {
            log = try FileDescriptor.open(
                FilePath(logPath), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
        } catch {
            throw LaunchError("cannot write the log \(logPath): \(error)")
        }
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.grace)]
        do {
            let result = try await Subprocess.run(
                .path(FilePath(executable)), arguments: Arguments(command.arguments), platformOptions: options,
                input: .inputWriter, output: .sequence,
                error: .fileDescriptor(log, closeAfterSpawningProcess: true)
            ) { execution in
                // Where it ended already, what it logged says more than that nobody reads.
                if let credentials {
                    _ = try? await execution.standardInputWriter.write(Array(credentials.text.utf8))
                }
                try await withThrowingTaskGroup { group in
                    if let clockCommands {
                        group.addTask {
                            for await command in clockCommands {
                                _ = try? await execution.standardInputWriter.write(Array("\(command.rawValue)\n".utf8))
                            }
                        }
                    }
                    for try await line in execution.standardOutput.strings() { try await onLine(line) }
                    group.cancelAll()
                }
            }
            return result.terminationStatus
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw LaunchError("cannot start \(command.name): \(error)")
        }
    }
}
