#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What holds the nodes of one run on a host, for a launcher on another machine.
///
/// One thread and one `poll`, so that nothing that blocks can keep it from seeing that the launcher is gone. The
/// launcher says every second that it is there; after five without a word, or when standard input is closed, the nodes
/// are ended and the run's folder is removed. Nodes have a pipe from the agent as standard input, so that they end also
/// where the agent is killed.
package final class Agent {
    /// The silence after which the launcher is taken for gone.
    static let patience = Duration.seconds(5)
    private static let tick: Int32 = 250
    private static let shortTick: Int32 = 20

    let executable: String
    let folder: AgentFolder
    let programDigest: String?
    let lock: AgentLock
    var output = AgentOutput(descriptor: STDOUT_FILENO)
    var nodes: [AgentNode] = []
    /// The file that comes in.
    var incoming: IncomingFile?
    /// Digests of files that later runs may want, by path.
    var digests: [String: String] = [:]
    var outgoing = OutgoingFiles()
    var phase = Phase.attached
    var isHolder: Bool
    private let isAttaching: Bool
    let isDetachable: Bool
    private var decoder = AgentFrameDecoder<AgentRequest>()
    private var lastHeard = ContinuousClock.now
    private var isInputClosed = false

    enum Phase: Equatable {
        case attached
        /// The launcher left on purpose.
        case detached
        /// Nodes are being ended; then what is left is removed, or kept.
        case finishing(removes: Bool, keepsCopies: Bool)
    }

    /// Takes the run's folder, the working directory from then on.
    /// - Parameters:
    ///   - executable: the `gotorrent` that nodes are started of.
    ///   - programDigest: its SHA-256 where it was copied for this run alone, under the folder.
    ///   - isAttaching: whether the run was there before; then it stays unless the launcher says otherwise.
    ///   - isDetachable: whether our parent is a shell that waits for us, and ends on TERM.
    /// - Throws: `LaunchError` where the folder cannot be used.
    package init(executable: String, folder: String, programDigest: String?, isAttaching: Bool, isDetachable: Bool)
        throws
    {
        guard chdir(folder) == 0 else {
            throw LaunchError("cannot use the folder \(folder): \(String(cString: strerror(errno)))")
        }
        self.executable = executable
        self.folder = AgentFolder(folder)
        self.programDigest = programDigest
        self.isAttaching = isAttaching
        self.isDetachable = isDetachable
        lock = try AgentLock()
        isHolder = lock.take()
    }

    /// Serves until the launcher is done or gone.
    /// - Returns: the exit code.
    package func run() -> Int32 {
        AgentSignals.install()
        output.send(.ready(isHeld: !isHolder))
        while true {
            wait()
            for node in nodes {
                guard let how = node.check() else { continue }
                output.send(.ended(name: node.name, how: how))
                if phase == .detached { writeStates() }
            }
            outgoing.pump(into: &output)
            checkLauncher()
            guard case .finishing(let removes, let keepsCopies) = phase, nodes.allSatisfy({ $0.ending != nil }) else {
                continue
            }
            return finish(removes: removes, keepsCopies: keepsCopies)
        }
    }

    /// Begins to end everything.
    func beginFinishing(removes: Bool, keepsCopies: Bool, _ grace: AgentNode.Grace = .abandoned) {
        for node in nodes { node.stop(grace) }
        if case .finishing = phase { return }
        phase = .finishing(removes: removes, keepsCopies: keepsCopies)
    }

    /// Whether the run's folder goes where nobody is left to ask for what is in it.
    private var removesAlone: Bool { isHolder && !isAttaching }

    private func checkLauncher() {
        if AgentSignals.cameToEnd { beginFinishing(removes: phase != .detached && removesAlone, keepsCopies: false) }
        // Also while nodes are being ended: who waits for the disk waits for a launcher that is there.
        guard phase != .detached, output.isBroken || isInputClosed || .now - lastHeard > Self.patience else { return }
        beginFinishing(removes: removesAlone, keepsCopies: false)
    }

    private func finish(removes: Bool, keepsCopies: Bool) -> Int32 {
        if keepsCopies {
            if let programDigest { folder.keep(executable, in: "bin", digest: programDigest) }
            for (path, digest) in digests { folder.keep("\(folder.path)/\(path)", in: "files", digest: digest) }
        }
        if removes { folder.remove() } else { writeStates() }
        output.send(.done)
        // The launcher waits for this word; where it is gone, a second is all that it gets.
        flushOutput(within: .seconds(1))
        return 0
    }

    /// Writes what is left to say, as far as the launcher takes it in so much time.
    func flushOutput(within patience: Duration) {
        let deadline = ContinuousClock.now + patience
        while !output.isEmpty, .now < deadline {
            var descriptor = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
            poll(&descriptor, 1, Self.shortTick)
            output.flush()
        }
    }

    /// Waits for anything to happen, and takes in what came.
    private func wait() {
        var descriptors: [pollfd] = []
        var readers: [AgentNode] = []
        if !output.isFull {
            for node in nodes {
                for descriptor in [node.output, node.error].compactMap({ $0 }) {
                    descriptors.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
                    readers.append(node)
                }
            }
        }
        let nodeCount = descriptors.count
        if phase != .detached, !isInputClosed {
            descriptors.append(pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0))
        }
        if !output.isEmpty { descriptors.append(pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)) }
        let isHasty = outgoing.isUnderWay && !output.isFull
        let timeout = isHasty ? 0 : nodes.contains { $0.isEnding } ? Self.shortTick : Self.tick
        guard poll(&descriptors, nfds_t(descriptors.count), timeout) > 0 else { return }
        for (index, descriptor) in descriptors.enumerated() where descriptor.revents != 0 {
            if index < nodeCount {
                for report in readers[index].read(descriptor.fd) { output.send(report) }
            } else if descriptor.fd == STDIN_FILENO {
                readInput()
            } else {
                output.flush()
            }
        }
    }

    private func readInput() {
        var buffer = [UInt8](repeating: 0, count: AgentFraming.portion)
        let capacity = buffer.count
        let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, capacity) }
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        lastHeard = .now
        guard count > 0 else {
            isInputClosed = true
            return
        }
        guard phase == .attached else { return }
        decoder.append(buffer.prefix(count))
        do {
            while phase == .attached, let frame = try decoder.next() {
                switch frame {
                case .message(let request): handle(request)
                case .data(let bytes): takeData(bytes)
                }
            }
        } catch {
            output.send(.failed("\(error)"))
            beginFinishing(removes: removesAlone, keepsCopies: false)
        }
        // Bytes of a request that took long came meanwhile.
        lastHeard = .now
    }
}
