#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A node that the agent holds.
final class AgentNode {
    /// From TERM to KILL. A node leaves at once, but one that has just become whole first waits for the disk.
    enum Grace {
        /// The launcher waits too.
        case ordered
        /// Nobody is there any longer who would wait.
        case abandoned

        var duration: Duration {
            switch self {
            case .ordered: .seconds(15)
            case .abandoned: .milliseconds(1_500)
            }
        }
    }

    let name: String
    let process: ChildProcess
    private(set) var ending: String?
    private var input: Int32?
    private(set) var output: Int32?
    private(set) var error: Int32?
    private var lines = LineSplitter()
    private var killsAt: ContinuousClock.Instant?
    private var isKilled = false

    init(name: String, process: ChildProcess) {
        self.name = name
        self.process = process
        input = process.input
        output = process.output
        error = process.error
    }

    var state: AgentReport.NodeState {
        AgentReport.NodeState(name: name, process: process.identifier, ending: ending)
    }

    /// Whether it may be waited for closely: it was told to stop, or has closed its outputs.
    var isEnding: Bool { ending == nil && (killsAt != nil || output == nil) }

    /// Tells it to stop; when the grace is over, `check` kills it. Told again, the shorter grace counts.
    func stop(_ grace: Grace) {
        guard ending == nil else { return }
        if killsAt == nil { kill(process.identifier, SIGTERM) }
        let end = ContinuousClock.now + grace.duration
        killsAt = min(killsAt ?? end, end)
    }

    /// Reads what there is of an output that has something.
    /// - Returns: what is to be told of it.
    func read(_ descriptor: Int32) -> [AgentReport] {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let capacity = buffer.count
        let count = buffer.withUnsafeMutableBytes { bytes in
            #if canImport(Glibc)
                Glibc.read(descriptor, bytes.baseAddress, capacity)
            #else
                Darwin.read(descriptor, bytes.baseAddress, capacity)
            #endif
        }
        if count < 0, errno == EINTR || errno == EAGAIN { return [] }
        guard count > 0 else {
            close(descriptor)
            if descriptor == output { output = nil } else { error = nil }
            return []
        }
        if descriptor == output {
            return lines.append(buffer.prefix(count)).map { .line(name: name, text: $0) }
        }
        return [.log(name: name, text: String(decoding: buffer.prefix(count), as: UTF8.self))]
    }

    /// Looks whether it has ended, and kills it where it should have.
    /// - Returns: how it ended, once.
    func check() -> String? {
        guard ending == nil else { return nil }
        if let killsAt, killsAt < .now, !isKilled {
            kill(-process.identifier, SIGKILL)
            isKilled = true
        }
        // Its last words first: the launcher shows them with its end.
        guard isKilled || (output == nil && error == nil), let how = process.ending() else { return nil }
        return finish(how)
    }

    private func finish(_ how: String) -> String {
        ending = how
        for descriptor in [input, output, error].compactMap({ $0 }) { close(descriptor) }
        (input, output, error) = (nil, nil, nil)
        return how
    }
}

/// Lines out of portions of bytes. One that goes on for more than 64 KiB is cut there.
struct LineSplitter {
    private static let longestLine = 64 << 10
    private var rest: [UInt8] = []

    mutating func append(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") || rest.count == Self.longestLine {
                lines.append(String(decoding: rest, as: UTF8.self))
                rest = byte == UInt8(ascii: "\n") ? [] : [byte]
            } else {
                rest.append(byte)
            }
        }
        return lines
    }
}
