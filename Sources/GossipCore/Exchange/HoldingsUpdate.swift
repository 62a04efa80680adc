/// How far a node's holdings are known: which of its lives, and how many of the chunks that came in it.
public struct HoldingsVersion: Equatable, Sendable {
    /// Drawn anew whenever a node starts.
    public let epoch: UInt64
    /// Chunks that became usable since then.
    public let count: UInt32

    public init(epoch: UInt64, count: UInt32) {
        self.epoch = epoch
        self.count = count
    }
}

/// What a node holds, whole or as an addition to what was told before.
///
/// Chunks are never lost, so holdings are a set and a list of what was added to it: whoever knows the first part of the
/// list is told the rest. At a million chunks a cycle's news are a few numbers in place of 125 kB.
public struct HoldingsUpdate: Equatable, Sendable {
    public enum Content: Equatable, Sendable {
        case everything
        case chunks(ChunkSet)
        /// What was added since the list had `since` chunks.
        case added(since: UInt32, [ChunkID])
    }

    /// What the receiver of this knows afterwards.
    public let version: HoldingsVersion
    public let content: Content

    public init(version: HoldingsVersion, content: Content) {
        self.version = version
        self.content = content
    }
}
