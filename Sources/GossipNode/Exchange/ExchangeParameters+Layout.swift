import GossipCore
import Metainfo

extension ExchangeParameters {
    /// What one grant is for: long enough on the line that the next one arrives meanwhile, and short enough that a
    /// receiver need not choose far ahead.
    private static let grantBytes: UInt64 = 1 << 20
    /// How long what is granted may take to be carried, half as long again as it is measured over.
    private static let usualWindowTime = TimeSpan.milliseconds(100)
    /// How long a receiver waits for a source that says nothing, and for a chunk that is lost.
    private static let usualPatience = TimeSpan.seconds(5)
    /// Under a limit no more is under way than it lets through in a quarter of a second: what is granted is sent at
    /// once, and paid for afterwards.
    private static let limitedParts: UInt64 = 4

    /// The bounds for a file's chunks, a swarm's cycles and a node's limits.
    /// - Parameters:
    ///   - interval: Δ as far as it is known; the clock's ticks tell the node what it is.
    ///   - uploadLimit: bytes a second; nil for none.
    ///   - downloadLimit: likewise.
    ///   - nodeCount: nodes that share the limits and the process's memory, each with its part of what may be under way:
    ///     equal parts, so that none waits behind the others' longer queues. At least 1.
    package init(
        _ layout: ChunkLayout, interval: TimeSpan, uploadLimit: UInt64? = nil, downloadLimit: UInt64? = nil,
        nodeCount: Int = 1
    ) {
        precondition(nodeCount > 0, "a node is one of those that share")
        self.init()
        func chunks(_ byteCount: UInt64, atMost limit: Int) -> Int {
            max(1, Int(clamping: min(UInt64(limit), byteCount / UInt64(nodeCount) / UInt64(layout.chunkSize))))
        }
        grantChunks = chunks(Self.grantBytes, atMost: 64)
        // At least two chunks, however large: one is on the line while the next one is read, or written.
        uploadSlots = max(2, chunks(4 * Self.grantBytes, atMost: 4 * grantChunks))
        self.downloadLimit = max(2, chunks(16 * Self.grantBytes, atMost: 8 * grantChunks))
        queueLimit = 4 * grantChunks
        if let uploadLimit {
            uploadSlots = chunks(uploadLimit / Self.limitedParts, atMost: uploadSlots)
            grantChunks = min(grantChunks, uploadSlots)
        }
        if let downloadLimit {
            self.downloadLimit = max(2, chunks(downloadLimit / Self.limitedParts, atMost: self.downloadLimit))
            grantChunks = min(grantChunks, self.downloadLimit)
        }
        // As long as anything comes from others.
        sparingLimit = 1
        leastSlots = min(2, uploadSlots)
        (windowTime, patience) = (Self.usualWindowTime, Self.usualPatience)
        self = adjusted(to: interval)
    }
}
