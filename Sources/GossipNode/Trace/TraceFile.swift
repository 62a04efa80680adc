import GossipCore
import GossipTrace

/// A node's events and actions on the disk, one line each, for `gotorrent replay`.
final class TraceFile {
    /// Lines are written together, at each tick or when there are so many bytes of them.
    private static let bufferSize = 1 << 16

    private let file: StoredFile
    private var buffer: [UInt8] = []
    private var size: UInt64 = 0

    /// Begins a trace, in place of one that is there.
    init(_ path: String, _ header: TraceHeader) throws(NodeError) {
        file = try StoredFile(path: path, .writing)
        try file.truncate()
        for line in header.lines { add(line) }
        try flush()
    }

    func record(_ event: PeerEvent, _ actions: [PeerAction]) throws(NodeError) {
        add("> " + event.traceText)
        for action in actions { add("< " + action.traceText) }
        if case .cycleStarted = event { try flush() }
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Writes what waits: always whole lines.
    func flush() throws(NodeError) {
        guard !buffer.isEmpty else { return }
        let bytes = buffer
        buffer.removeAll(keepingCapacity: true)
        var outcome: Result<Void, NodeError> = .success(())
        bytes.withUnsafeBytes { bytes in
            outcome = Result { () throws(NodeError) in try file.write(bytes, at: size) }
        }
        size += UInt64(bytes.count)
        try outcome.get()
    }

    private func add(_ line: String) {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
    }
}
