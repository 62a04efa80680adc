import GossipCore

/// Chunks that were handed to others' links and not taken yet, in bytes: by each link, and by all.
///
/// libzmq queues an answer for whoever does not read, and tells when it has gone. So here is the credit: a link gets no
/// more than it may leave unread, all of them no more than the node can spare, and who takes nothing for long is named,
/// to be cut.
struct AnswerBook {
    private struct Account {
        var bytes: Int
        /// When the link last took something, or was first given.
        var movedAt: TimePoint
    }

    /// What one link may leave unread, unless a chunk alone is more.
    let linkLimit: Int
    /// What all of them may.
    let limit: Int
    /// What is unread.
    private(set) var bytes = 0
    private var accounts: [[UInt8]: Account] = [:]

    /// - Parameters:
    ///   - linkLimit: bytes; at least 1.
    ///   - limit: bytes; no less than `linkLimit`.
    init(linkLimit: Int, limit: Int) {
        precondition((1...limit).contains(linkLimit), "what one link may leave unread is a part of what all may")
        self.linkLimit = linkLimit
        self.limit = limit
    }

    var isEmpty: Bool { accounts.isEmpty }

    /// Whether a link has taken all that it was given.
    func hasNothing(of link: [UInt8]) -> Bool { accounts[link] == nil }

    /// Whether so much more fits into what all links may leave unread.
    func hasRoom(_ byteCount: Int) -> Bool { bytes + byteCount <= limit }

    /// Whether so much more fits into what a link may leave unread.
    func hasRoom(_ byteCount: Int, at link: [UInt8]) -> Bool {
        guard let account = accounts[link] else { return true }
        return account.bytes + byteCount <= linkLimit
    }

    /// An answer is on its way.
    mutating func give(_ byteCount: Int, to link: [UInt8], at now: TimePoint) {
        bytes += byteCount
        accounts[link, default: Account(bytes: 0, movedAt: now)].bytes += byteCount
    }

    /// An answer has left, or was thrown away.
    mutating func take(_ byteCount: Int, by link: [UInt8], at now: TimePoint) {
        guard var account = accounts[link] else { preconditionFailure("a link takes what it was given") }
        precondition(account.bytes >= byteCount, "a link takes no more than it was given")
        bytes -= byteCount
        account.bytes -= byteCount
        account.movedAt = now
        accounts[link] = account.bytes > 0 ? account : nil
    }

    /// The links that took nothing for a time, the longest idle first.
    /// - Parameter patience: how long that is.
    func idleLinks(for patience: TimeSpan, at now: TimePoint) -> [[UInt8]] {
        accounts.filter { $0.value.movedAt + patience <= now }
            .sorted { left, right in
                left.value.movedAt == right.value.movedAt
                    ? left.key.lexicographicallyPrecedes(right.key) : left.value.movedAt < right.value.movedAt
            }
            .map(\.key)
    }
}
