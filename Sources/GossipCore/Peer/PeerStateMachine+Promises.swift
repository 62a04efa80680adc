/// What others said that they hold, and answered that they do not.
extension PeerStateMachine {
    /// Whether `none` of a peer breaks its word: this node asked it for the chunk because its digest of that cycle had it,
    /// and wants it still. Ask before the reply is handled.
    ///
    /// A digest is of what was held when its cycle began, and chunks are never lost. So an honest peer's `none` breaks a
    /// promise only where it lost its store a moment ago.
    public func isBrokenPromise(_ chunk: ChunkID, cycle: Cycle, of peer: PeerID) -> Bool {
        if let index = exchange?.value.sourceIndex(peer), let source = exchange?.value.sources[index] {
            return source.holdings.chunks.contains(chunk)
                && source.asked.contains { $0.chunk == chunk && $0.isClaimed }
        }
        guard exchange == nil, configuration.gossip.chunkSelection.digestNeed != .nobody else { return false }
        return pendingPulls.isWaiting(chunk, of: peer, in: cycle)
    }
}
