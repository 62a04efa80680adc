/// A node that downloads from this one, as the core knows it: a small number that the shell maps to a link.
///
/// It is the link's identity and no `PeerID`, for anyone can say who they are: what a receiver tells of itself is used to
/// serve it, and for nothing else.
public struct ReceiverID: Hashable, Comparable, Sendable {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static func < (left: ReceiverID, right: ReceiverID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What a receiver says to a source, on its own link to it.
public enum ExchangeRequest: Equatable, Sendable {
    /// Let us exchange in this cycle: what the sender holds, and what it knows of the other's holdings.
    case open(cycle: Cycle, HoldingsUpdate, known: HoldingsVersion?)
    /// Send these chunks: the answer to a grant. None of them, where nothing is wanted now.
    case want(cycle: Cycle, [ChunkID])
    /// Something is wanted again, after a grant that nothing was wanted for.
    case ready(cycle: Cycle)
    /// Do not send these, unless they are on their way; those that will not come are answered `none`.
    case cancel(cycle: Cycle, [ChunkID])

    public var cycle: Cycle {
        switch self {
        case .open(let cycle, _, _), .want(let cycle, _), .ready(let cycle), .cancel(let cycle, _): cycle
        }
    }
}

/// What a source says to a receiver, on the receiver's link. The cycle of `opened` and `busy` is the request's, that of all
/// others is the source's own.
public enum ExchangeReply: Equatable, Sendable {
    /// What the source holds, what it knows of the receiver's holdings, and what the receiver wants that is not sent yet.
    case opened(cycle: Cycle, HoldingsUpdate, known: HoldingsVersion?, queued: [ChunkID])
    /// The source serves too many already.
    case busy(cycle: Cycle)
    /// What the source holds in addition since it was told last.
    case got(cycle: Cycle, HoldingsUpdate)
    /// The source is about to have room on its uplink: the receiver may ask for so many chunks, now. Those that the
    /// source would like to give away come along (BEP 6, *suggest piece*).
    case grant(cycle: Cycle, credit: UInt32, suggested: [ChunkID])
    /// A chunk that was wanted. The shell adds the bytes.
    case chunk(cycle: Cycle, chunk: ChunkID)
    /// A chunk that was wanted and will not be sent.
    case none(cycle: Cycle, chunk: ChunkID)
}
