import GossipCore

/// What a recorded node held at the end of each cycle: its trace without all that led to it.
///
/// Nothing is replayed; what the trace says that the core reported is believed.
package struct TraceHoldings: Sendable {
    package let node: String
    package let chunkCount: UInt32
    /// In the trace's order, each with the cycle that it was reported of.
    package private(set) var held: [(cycle: Cycle, chunks: ChunkSet)] = []

    /// Reads a trace from its header to its end.
    /// - Parameter limit: bytes of bitfields that may be kept in all.
    /// - Throws: `TraceError` where a line is none of a trace, or there is more than `limit`.
    package init(limit: Int, _ next: TraceReplay.Lines) throws(TraceError) {
        let (header, headerLines) = try TraceHeader.read(next)
        node = header.node
        chunkCount = header.configuration.chunkCount
        var line = headerLines
        var room = limit
        while let text = try next() {
            line += 1
            guard text.hasPrefix("< reportProgress ") else { continue }
            room -= ChunkSet.bitfieldSize(chunkCount: chunkCount)
            guard room >= 0 else { throw TraceError(line: line, "its sets of chunks take more than \(limit) bytes") }
            var words = TraceWords(text.dropFirst(2))
            do throws(TraceWords.Fault) {
                guard case .reportProgress(let snapshot) = try PeerAction(trace: &words, chunkCount: chunkCount) else {
                    continue
                }
                held.append((snapshot.cycle, snapshot.held))
            } catch {
                throw TraceError(line: line, error.text)
            }
        }
    }
}
