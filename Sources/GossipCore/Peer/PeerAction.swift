/// What a `PeerStateMachine` wants done; the shell does it, in order, and decides nothing.
public enum PeerAction: Equatable, Sendable {
    /// Send a request to a peer, with the chunk's bytes for a push.
    case send(PeerRequest, to: PeerID)
    /// Answer the message under the token, with the chunk's bytes for `chunk`.
    case reply(PeerReply, to: MessageToken)
    /// Compare the bytes under the token with the hash of this chunk, and say `chunkVerified`.
    case verifyChunk(ChunkID, MessageToken)
    /// Keep the bytes under the token: they are valid and the first copy of this chunk.
    case storeChunk(ChunkID, MessageToken)
    /// Keep the coded packet under the token: it tells something new. Nothing of it goes to the disk.
    case storeCoded(CodedVector, MessageToken)
    /// Decode what was kept, compare every chunk with its hash, and say `decoded` with this token.
    case decode(MessageToken)
    /// Write every decoded chunk that is not on the disk yet to its place: they are valid.
    case storeDecoded
    /// Forget every coded packet: some of them was not what it said.
    case discardCoded
    /// Name the sender of the message under the token in the log: its bytes were wrong.
    case reportCorruptChunk(ChunkID, MessageToken)
    /// Forget the message under the token.
    case release(MessageToken)
    /// Say `digestWaitEnded` with this cycle when a part of it has passed.
    case startDigestWait(Cycle)
    /// Say `cycleEnding` with this cycle when so much of it has passed.
    case awaitCycleEnding(Cycle, after: TimeSpan)
    /// Close the link to a peer that did not answer for several cycles.
    case dropLink(PeerID)
    /// Close the link to a peer that is a neighbour no longer, where there is one, and forget its address.
    case forgetPeer(PeerID)
    /// Nobody is known: ask the tracker, and say `joinDue` with the addresses to join by.
    case seekPeers
    /// Publish the node's progress: this cycle has ended.
    case reportProgress(ProgressSnapshot)
    /// Publish the progress of a node that still decodes: what its packets are worth, in chunks.
    case reportCodedProgress(cycle: Cycle, rank: UInt32, MessageCounts)
    /// Every chunk is here and verified.
    case reportCompletion(Cycle)
    /// Send a request of the exchange to a source.
    case ask(ExchangeRequest, of: PeerID)
    /// Send an answer of the exchange to a receiver, with the chunk's bytes for `chunk`; when its link has taken a chunk
    /// in full, say `chunkServed`.
    case answer(ExchangeReply, to: ReceiverID)
    /// Forget a receiver's link.
    case forgetReceiver(ReceiverID)
}
