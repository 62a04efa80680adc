import GossipCore
import GossipNode
import ProgramSupport
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// `gotorrent-web`, which serves the page: a process of its own, so that neither a node nor this program waits for a
/// browser, or needs what a web server needs.
struct WebProgram: Sendable {
    /// From TERM to KILL: it says goodbye to the browsers.
    private static let grace = Duration.seconds(3)

    private let executable: String
    private let address: String?

    /// - Parameter address: where to serve the page; nil for where it is by default.
    /// - Throws: `UsageError` where the program is not there.
    init(address: String?) throws(UsageError) {
        let own = ExecutablePath.current
        let folder = own.lastIndex(of: "/").map { String(own[..<$0]) } ?? "."
        executable = "\(folder)/gotorrent-web"
        self.address = address
        do {
            try FileDescriptor.open(FilePath(executable), .readOnly).close()
        } catch {
            throw UsageError(
                "--web needs gotorrent-web, which is not beside this program, at \(executable); "
                    + "swift build -c release --product gotorrent-web makes it")
        }
    }

    /// A clock that the page may hold and let go.
    enum ClockState: String, Sendable {
        case running
        case held
    }

    /// Runs the program until it ends or the task is cancelled; says where the page is, and then what it commands.
    ///
    /// It ends with this process, whatever ends that: it holds the other end of a pipe.
    /// - Parameters:
    ///   - source: a bus, or a run directory.
    ///   - name: what the page calls the run; nil for nothing.
    ///   - keys: of a secured bus.
    ///   - clock: how the page finds the swarm's clock; nil where it cannot hold it.
    /// - Throws: `NodeError` where it cannot be started, or ends by itself; why, it has said.
    func run(
        source: String, name: String?, keys: NodeCredentials?, clock: ClockState? = nil,
        onAddress: @Sendable (String) -> Void, onCommand: @Sendable (ClockCommand) -> Void = { _ in }
    ) async throws {
        var words = [source, "--stop-with-parent"]
        if let address { words += ["--listen", address] }
        if let name { words += ["--name", name] }
        if let clock { words += ["--commands-clock", clock.rawValue] }
        if keys != nil { words.append("--credentials-from-input") }
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.grace)]
        do {
            _ = try await Subprocess.run(
                .path(FilePath(executable)), arguments: Arguments(words), platformOptions: options,
                input: .inputWriter, output: .sequence,
                error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
            ) { execution in
                if let keys { _ = try? await execution.standardInputWriter.write(Array(keys.text.utf8)) }
                for try await line in execution.standardOutput.strings() {
                    if let command = ClockCommand(rawValue: line) {
                        onCommand(command)
                    } else {
                        onAddress(line)
                    }
                }
            }
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw NodeError(.resources, "cannot start \(executable): \(error)")
        }
        try Task.checkCancellation()
        throw NodeError(.resources, "gotorrent-web ended")
    }
}
