import Metainfo

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Agent {
    /// Where the states of a detached run's nodes are.
    private static let statesFile = "states.json"
    /// How long an agent that is told to end may take.
    private static let takeOverPatience = Duration.seconds(8)

    /// Does what the launcher asks.
    func handle(_ request: AgentRequest) {
        do {
            try answer(request)
        } catch {
            output.send(.failed("\(error)"))
        }
    }

    private func answer(_ request: AgentRequest) throws {
        switch request {
        case .beat: output.send(.beat)
        case .file(let path, let size, let digest):
            incoming = try IncomingFile(path: folder.prepared(path), size: size, mode: 0o600)
            if let digest { digests[path] = digest }
            takeData([])
        case .known(let digest, let path): output.send(.known(try folder.take(digest, as: path)))
        case .ports(let ports): output.send(.taken(ports.filter { !PortProbe.isFree($0) }))
        case .start(let name, let arguments, let input, let logsToFile): start(name, arguments, input, logsToFile)
        case .tell(let name, let line):
            // A command that is lost is said again; a node is not ended for it.
            try? nodes.first { $0.name == name && $0.ending == nil }?.process.hand("\(line)\n")
        case .stop(let name): nodes.first { $0.name == name && $0.ending == nil }?.stop(.ordered)
        case .digest(let path):
            let full = folder.path + "/" + (try RelativePath.check(path))
            output.send(.digest(Digest256(hashingFile: full)?.description))
        case .collect(let path):
            outgoing.begin(folder.files(below: try RelativePath.check(path)))
        case .states: output.send(.states(states()))
        case .takeOver:
            try takeOver()
            output.send(.done)
        case .detach:
            output.send(.done)
            try detach()
        case .finish(let keepsCopies, let keepsRun):
            beginFinishing(removes: isHolder && !keepsRun, keepsCopies: keepsCopies, .ordered)
        }
    }

    /// A part of the file that is coming in; the answer when it is whole.
    func takeData(_ bytes: [UInt8]) {
        guard let file = incoming else { return }
        do {
            guard try file.append(bytes) else { return }
            output.send(.done)
        } catch {
            output.send(.failed("\(error)"))
        }
        incoming = nil
    }

    private func start(_ name: String, _ arguments: [String], _ input: String?, _ logsToFile: Bool) {
        do {
            let log = logsToFile ? try folder.prepared("logs/\(name).log") : nil
            _ = try folder.prepared("traces/\(name)")
            let process = try ChildProcess.start(executable, arguments, log: log)
            let node = AgentNode(name: name, process: process)
            nodes.append(node)
            if let input { hand(input, to: node) }
        } catch {
            output.send(.ended(name: name, how: "\(error)"))
        }
    }

    /// One that does not get what it needs is ended, and its log says why.
    private func hand(_ input: String, to node: AgentNode) {
        do {
            try node.process.hand(input)
        } catch {
            output.send(.log(name: node.name, text: "gotorrent: \(error)\n"))
            node.stop(.ordered)
        }
    }

    /// Ours, or as the agent that holds the run wrote them down; those of an agent that is gone have ended with it.
    private func states() -> [AgentReport.NodeState] {
        guard nodes.isEmpty, let data = FileManager.default.contents(atPath: Self.statesFile),
            let states = try? JSONDecoder().decode([AgentReport.NodeState].self, from: data)
        else { return nodes.map(\.state) }
        guard isHolder else { return states }
        return states.map { state in
            var state = state
            state.ending = state.ending ?? "ended with its agent"
            return state
        }
    }

    func writeStates() {
        guard isHolder, let data = try? JSONEncoder().encode(nodes.map(\.state)) else { return }
        try? data.write(to: URL(filePath: "\(folder.path)/\(Self.statesFile)"), options: .atomic)
    }

    private func takeOver() throws {
        guard !isHolder else { return }
        guard let holder = lock.holder else { throw LaunchError("nobody knows which process holds the run") }
        kill(holder, SIGTERM)
        let deadline = ContinuousClock.now + Self.takeOverPatience
        while !lock.take() {
            guard .now < deadline else {
                throw LaunchError(
                    "process \(holder), which holds the run, did not end within 8 s; try kill -9 \(holder)")
            }
            usleep(20_000)
        }
        isHolder = true
    }

    /// Lets go of the connection, which then can be closed, and goes on.
    private func detach() throws {
        flushOutput(within: .seconds(5))
        setsid()
        let null = open("/dev/null", O_RDWR)
        guard null >= 0 else { throw LaunchError("cannot open /dev/null") }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { dup2(null, descriptor) }
        if null > STDERR_FILENO { close(null) }
        phase = .detached
        writeStates()
        // The shell between us and the connection, which lives as long as that does.
        if isDetachable, getppid() > 1 { kill(getppid(), SIGTERM) }
    }
}
