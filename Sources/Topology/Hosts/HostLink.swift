import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The one connection to a host: it brings the program there and then speaks with its agent.
///
/// There is a single ssh process for each host, however many nodes run there, so hosts are asked to log in once. When it
/// ends, or this process does, the agent on the other side notices by itself and leaves nothing behind.
package actor HostLink {
    private static let beatInterval = Duration.seconds(1)
    /// From the start of ssh to the host's first word; ssh itself gives up a silent host after 10 s.
    private static let helloPatience = Duration.seconds(30)

    package nonisolated let host: HostDescription
    nonisolated let settings: HostSettings
    nonisolated let transport: HostTransport
    /// What the run needs in the host's folder, in bytes, besides the program.
    private nonisolated let neededBytes: UInt64

    /// Ended when the host is ready, or is known to be of no use.
    private let readiness: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)
    private var isReady = false
    /// Whether another agent, detached before, holds the run.
    private(set) var isHeld = false
    private var hasSaidHello = false
    private(set) var fault: LaunchError?
    private var isClosing = false
    /// Whether the run's folder stays on the host when the link is closed.
    private(set) var keepsRun: Bool
    private var writer: FrameWriter?
    var answer: AsyncStream<AgentReport>.Continuation?
    var events: [String: AsyncStream<NodeEvent>.Continuation] = [:]
    /// Nodes that are no more.
    private(set) var ended: Set<String> = []
    /// Whether nodes are to go on without us.
    private(set) var isLeaving = false
    private var logs: [String: LogFile] = [:]
    /// Where a file that is collected goes, and the one that is coming in.
    var destination: (@Sendable (String) -> String)?
    private var incoming: IncomingFile?

    enum NodeEvent: Sendable {
        case line(String)
        case ended(String)
    }

    init(_ host: HostDescription, settings: HostSettings, neededBytes: UInt64) {
        self.host = host
        self.settings = settings
        self.neededBytes = neededBytes
        keepsRun = settings.isAttaching
        transport = HostTransport(host, ssh: settings.ssh)
        readiness = AsyncStream.makeStream()
    }

    nonisolated var faults: HostFault { HostFault(host: host, transport: transport) }

    /// Holds the connection until it is closed, by either side. What went wrong is in `fault` then.
    func run() async {
        let log = settings.sshLog(host.name)
        do {
            let errors = try FileDescriptor.open(
                FilePath(log), .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
            var options = PlatformOptions()
            // An interrupted terminal interrupts the launcher alone, which then stops the nodes in good order.
            options.processGroupID = 0
            options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
            let program = transport.words.first ?? "ssh"
            _ = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(transport.words.dropFirst())), platformOptions: options,
                input: .inputWriter, output: .sequence,
                error: .fileDescriptor(errors, closeAfterSpawningProcess: true)
            ) { execution in
                let writer = FrameWriter(execution.standardInputWriter)
                await self.serve(execution.standardOutput, writer)
                // What still waits for an answer hears that none comes.
                self.disconnect()
                await writer.close()
            }
        } catch {
            fail(faults.error("cannot start \(transport.words.first ?? "ssh"): \(error)"))
        }
        if !isClosing, fault == nil {
            let said = FileProbe.read(log, atMost: 64 << 10).map { String(decoding: $0, as: UTF8.self) } ?? ""
            fail(faults.connection(said, isMidway: hasSaidHello))
        }
        disconnect()
        readiness.continuation.finish()
        for continuation in events.values { continuation.finish() }
    }

    /// Returns when the agent is up.
    /// - Throws: `LaunchError` where it cannot be; `CancellationError`.
    func untilReady() async throws {
        for await _ in readiness.stream {}
        try Task.checkCancellation()
        if !isReady { throw fault ?? faults.error("the connection was lost") }
    }

    /// Sends a frame.
    func send(_ frame: AgentFrame<AgentRequest>) async throws {
        guard let writer else { throw fault ?? faults.error("the connection was lost") }
        try await writer.send(frame.encoded)
    }

    /// Sends a request and waits for its answer, whether the task is cancelled or not: answers come in order.
    func ask(_ request: AgentRequest) async throws -> AgentReport {
        let (stream, continuation) = AsyncStream.makeStream(of: AgentReport.self)
        answer = continuation
        do { try await send(.message(request)) } catch { throw fault ?? error }
        return try await answer(from: stream)
    }

    func answer(from stream: AsyncStream<AgentReport>) async throws -> AgentReport {
        let waiting = Task { () -> AgentReport? in
            for await report in stream { return report }
            return nil
        }
        switch await waiting.value {
        case .failed(let reason)?: throw faults.error(reason)
        case let report?: return report
        case nil: throw fault ?? faults.error("the connection was lost")
        }
    }

    /// Whether the agent can be asked for anything.
    var isUp: Bool { isReady && writer != nil && !isLeaving }

    /// From now on the end of the connection is no fault.
    func expectEnd() { isClosing = true }

    /// From now on closing the link removes the run's folder, also that of a run that was there before.
    func removeRun() { keepsRun = false }

    /// From now on nodes are not stopped when what watches them is.
    func leave() { isLeaving = true }

    func fail(_ error: LaunchError) {
        if fault == nil { fault = error }
    }

    private func disconnect() {
        writer = nil
        answer?.finish()
        answer = nil
    }

    private func serve(_ output: SubprocessOutputSequence, _ writer: FrameWriter) async {
        var reader = HostReader(output)
        let hello = Task {
            try await Task.sleep(for: Self.helloPatience)
            self.giveUpHello()
        }
        defer { hello.cancel() }
        do {
            guard try await prepare(&reader, writer) else { return }
            self.writer = writer
            let beats = Task {
                while !Task.isCancelled {
                    try await writer.send(.beat)
                    try await Task.sleep(for: Self.beatInterval)
                }
            }
            defer { beats.cancel() }
            while let frame = try await reader.frame() {
                switch frame {
                case .message(let report): try handle(report)
                case .data(let bytes):
                    if try incoming?.append(bytes) == true { incoming = nil }
                }
            }
        } catch let error as LaunchError {
            fail(faults.error(error.description))
        } catch {
            fail(faults.error("\(error)"))
        }
    }

    private func giveUpHello() {
        guard !hasSaidHello else { return }
        fail(faults.error("it let nobody in within \(Self.helloPatience)", byHand: transport.byHand))
        readiness.continuation.finish()
    }

    /// Goes through the script, up to where frames begin.
    /// - Returns: false where the connection ended, of itself or because the host is of no use.
    private func prepare(_ reader: inout HostReader, _ writer: FrameWriter) async throws -> Bool {
        let program = settings.program
        let script = HostScript(
            root: host.folder, run: "\(settings.run)-\(host.name)", digest: program.digest, size: program.size,
            isAttaching: settings.isAttaching, isDetachable: settings.isDetached && !settings.isAttaching)
        // Where ssh has ended, reading says so, and what it said is the better reason.
        try? await writer.send(script.bytes)
        var copying: Task<Void, any Error>?
        defer { copying?.cancel() }
        while let line = try await reader.line() {
            hasSaidHello = true
            switch line {
            case .system(let name, let processor):
                guard (name, processor) == SystemName.current else {
                    fail(
                        faults.error(
                            "it is \(name) \(processor), and this program is for \(SystemName.current.name) "
                                + "\(SystemName.current.processor); build there, and start nodes there by hand"))
                    return false
                }
            case .space(let free, let folder):
                let needed = neededBytes + (settings.isAttaching ? 0 : program.size)
                guard let free, free < needed >> 10 else { continue }
                fail(
                    faults.error(
                        "\(ByteSize.format(free << 10)) are free in \(folder), and the run needs "
                            + "\(ByteSize.format((needed >> 20 + 1) << 20))", byHand: transport.typed(["df", "-h"])))
                return false
            case .missing:
                copying = Task {
                    let portions = try FilePortions(program.path)
                    while let bytes = try portions.next() { try await writer.send(bytes) }
                }
            case .agent: return true
            case .failed(let failure):
                fail(faults.script(failure))
                return false
            }
        }
        return false
    }

    private func handle(_ report: AgentReport) throws {
        switch report {
        case .ready(let isHeld):
            self.isHeld = isHeld
            isReady = true
            readiness.continuation.finish()
        case .beat: break
        case .line(let name, let text): events[name]?.yield(.line(text))
        case .log(let name, let text):
            // Only of nodes that were started: the name is a path here.
            guard events[name] != nil else { return }
            let log = try logs[name] ?? LogFile(settings.log(name))
            logs[name] = log
            log.append(text)
        case .ended(let name, let how):
            ended.insert(name)
            events[name]?.yield(.ended(how))
            events[name]?.finish()
        case .file(let path, let size):
            guard let destination else { throw LaunchError("it sends a file that nobody asked for") }
            let file = try IncomingFile(path: destination(RelativePath.check(path)), size: size, mode: 0o644)
            incoming = size == 0 ? nil : file
        case .done, .failed, .known, .taken, .digest, .states:
            answer?.yield(report)
            answer?.finish()
            answer = nil
        }
    }
}
