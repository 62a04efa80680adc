/// A node's standing as one line of JSON, for programs.
package struct TransferRecord: Equatable, Sendable {
    /// The info hash in hexadecimal digits.
    package var torrent: String
    /// The node's name on the bus.
    package var node: String
    /// `joining`, `downloading`, `stalled` or `complete`.
    package var state: String
    /// Where the file or folder is, or is going to be.
    package var path: String
    package var chunksHeld: UInt32
    package var chunkCount: UInt32
    package var progress: TransferProgress

    package init(
        torrent: String, node: String, state: String, path: String, chunksHeld: UInt32, chunkCount: UInt32,
        progress: TransferProgress
    ) {
        self.torrent = torrent
        self.node = node
        self.state = state
        self.path = path
        self.chunksHeld = chunksHeld
        self.chunkCount = chunkCount
        self.progress = progress
    }

    /// One object without line breaks. What is not known is `null`; keys may be added, none is ever left out.
    package var jsonLine: String {
        func rounded(_ value: Double?) -> JSONText { value.map { .integer(UInt64(max(0, $0.rounded()))) } ?? .null }
        let members: [(key: String, value: JSONText)] = [
            ("torrent", .string(torrent)), ("node", .string(node)), ("name", .string(progress.name)),
            ("path", .string(path)), ("state", .string(state)),
            ("reason", progress.reason.map { .string($0) } ?? .null),
            ("chunks_held", .integer(UInt64(chunksHeld))), ("chunk_count", .integer(UInt64(chunkCount))),
            ("bytes", .integer(progress.bytes)), ("total_bytes", .integer(progress.totalBytes)),
            ("rate_bytes_per_second", rounded(progress.bytesPerSecond)), ("eta_seconds", rounded(progress.secondsLeft)),
            ("peers", .integer(UInt64(max(0, progress.peers ?? 0)))), ("sent_bytes", .integer(progress.bytesSent)),
            ("copies_sent", progress.copiesSent.map { .number($0, decimals: 4) } ?? .null),
        ]
        return "{" + members.map { JSONText.string($0.key).text() + ": " + $0.value.text() }.joined(separator: ", ")
            + "}"
    }
}
