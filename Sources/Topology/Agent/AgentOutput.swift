#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What waits to be written to the launcher. Writing never blocks, so that a line that is cut cannot keep the agent from
/// noticing it.
struct AgentOutput {
    /// More is not read from nodes, nor of files that are sent, while so much waits, in bytes.
    static let bound = 1 << 20

    private let descriptor: Int32
    private var pending: [UInt8] = []
    private var start = 0
    /// Nobody reads any more.
    private(set) var isBroken = false

    init(descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    var isEmpty: Bool { start == pending.count }
    var isFull: Bool { pending.count - start >= Self.bound }

    mutating func send(_ report: AgentReport) { send(.message(report)) }

    mutating func send(_ frame: AgentFrame<AgentReport>) {
        // A report is made of strings and numbers, all of which JSON can hold.
        guard !isBroken, let bytes = try? frame.encoded else { return }
        if start == pending.count {
            pending.removeAll(keepingCapacity: true)
            start = 0
        }
        pending += bytes
        flush()
    }

    mutating func flush() {
        while start < pending.count, !isBroken {
            let count = pending.withUnsafeBytes { write(descriptor, $0.baseAddress! + start, pending.count - start) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return }
            if count <= 0 { isBroken = true } else { start += count }
        }
        if isBroken { pending = []; start = 0 }
    }
}
