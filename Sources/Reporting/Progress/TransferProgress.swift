/// How far a transfer is, whatever is transferred: what bars, lines and JSON are made of.
package struct TransferProgress: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// Reading a file and hashing it.
        case hashing
        case downloading
        /// Everything is there, and given to others.
        case serving
    }

    package var kind: Kind
    /// What people call it: the file's name.
    package var name: String
    package var bytes: UInt64
    package var totalBytes: UInt64
    /// Bytes a second lately: received, of one that serves sent. Nil while it is not known.
    package var bytesPerSecond: Double?
    /// Nil where there are none to speak of.
    package var peers: Int?
    /// Bytes sent since the start.
    package var bytesSent: UInt64 = 0
    /// Why nothing moves; nil while it does.
    package var reason: String?

    package init(kind: Kind, name: String, bytes: UInt64, totalBytes: UInt64) {
        self.kind = kind
        self.name = name
        self.bytes = bytes
        self.totalBytes = totalBytes
    }

    package var isWhole: Bool { bytes >= totalBytes }

    /// Seconds that the rest takes at the present rate; nil where nothing is missing, or nothing moves.
    package var secondsLeft: Double? {
        guard !isWhole, let bytesPerSecond, bytesPerSecond > 0 else { return nil }
        return Double(totalBytes - bytes) / bytesPerSecond
    }

    /// What was sent, in copies of the whole; nil of an empty torrent.
    package var copiesSent: Double? {
        totalBytes > 0 ? Double(bytesSent) / Double(totalBytes) : nil
    }
}
