import ZeroMQ

/// Tells which subscribers have been behind for too long for what is queued for them to be kept.
///
/// libzmq keeps a message once, for however many subscribers it waits. So all that waits for any of them passed since the
/// first of those that are behind now fell behind: bounding that for each bounds it for all together.
struct SlowSubscribers {
    /// Bytes that may pass while a subscriber is behind.
    private let limit: Int
    /// Bytes that have passed.
    private var passed = 0
    private var nextLook: Int
    /// What had passed when a link was first seen behind.
    private var behindSince: [LinkDescriptor: Int] = [:]

    init(limit: Int) {
        self.limit = limit
        nextLook = limit / 8
    }

    /// A message goes out.
    /// - Returns: whether enough has gone out for another look at the links.
    mutating func pass(_ bytes: Int) -> Bool {
        passed += bytes
        guard passed >= nextLook else { return false }
        nextLook = passed + max(1, limit / 8)
        return true
    }

    /// Looks at every link.
    /// - Parameter isBehind: whether something waits for the link that its line does not take.
    /// - Returns: the links that are to be cut.
    mutating func look(
        at links: some Sequence<LinkDescriptor>, isBehind: (LinkDescriptor) -> Bool
    ) -> [LinkDescriptor] {
        var stillBehind: [LinkDescriptor: Int] = [:]
        for link in links where isBehind(link) { stillBehind[link] = behindSince[link] ?? passed }
        behindSince = stillBehind
        return stillBehind.filter { passed - $0.value >= limit }.map(\.key)
    }

    /// A link is gone, or its number another's.
    mutating func remove(_ link: LinkDescriptor) { behindSince[link] = nil }
}
