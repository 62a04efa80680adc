/// What each origin has of a tracker: members, torrents, and announcements lately.
struct OriginAccounts: Sendable {
    private struct Account: Sendable {
        var members = 0
        var torrents = 0
        /// When all its announcements are paid for, at the rate that it is allowed.
        var paidAt = TimePoint(nanoseconds: 0)
    }

    /// Origins that have no members, and are remembered for what they announced lately.
    private static let strangerLimit = 65_536

    private var accounts: [MemberOrigin: Account] = [:]
    /// Accounts without members.
    private var strangerCount = 0

    var count: Int { accounts.count }

    /// Takes an announcement into account.
    /// - Returns: false where it is one too many; then it is not counted.
    mutating func mayAnnounce(_ origin: MemberOrigin, at now: TimePoint, _ limits: TrackerConfiguration) -> Bool {
        guard origin != .unknown else { return true }
        if accounts[origin] == nil { addStranger(origin, at: now) }
        guard var account = accounts[origin] else { return true }
        let cost = TimeSpan(nanoseconds: 1_000_000_000 / max(1, limits.originAnnounceRate))
        let paidAt = max(account.paidAt, now) + cost
        guard paidAt.since(now) <= limits.originAnnounceBurst else { return false }
        account.paidAt = paidAt
        accounts[origin] = account
        return true
    }

    /// Whether an origin may have a member more.
    /// - Parameter isFirst: whether it would be its first of the torrent.
    func hasRoom(_ origin: MemberOrigin, isFirst: Bool, _ limits: TrackerConfiguration) -> Bool {
        guard let account = accounts[origin] else { return true }
        return account.members < limits.originMemberLimit
            && (!isFirst || account.torrents < limits.originTorrentLimit)
    }

    mutating func noteJoined(_ origin: MemberOrigin, isFirst: Bool) {
        guard origin != .unknown else { return }
        if accounts[origin]?.members == 0 { strangerCount -= 1 }
        accounts[origin, default: Account()].members += 1
        if isFirst { accounts[origin, default: Account()].torrents += 1 }
    }

    /// - Parameter isLast: whether it was its last of the torrent.
    mutating func noteLeft(_ origin: MemberOrigin, isLast: Bool) {
        guard var account = accounts[origin] else { return }
        account.members -= 1
        if isLast { account.torrents -= 1 }
        if account.members == 0 { strangerCount += 1 }
        accounts[origin] = account
    }

    /// Forgets those without members whose announcements are paid for.
    mutating func forgetStrangers(at now: TimePoint) {
        guard strangerCount > 0 else { return }
        accounts = accounts.filter { $0.value.members > 0 || $0.value.paidAt > now }
        strangerCount = accounts.values.count { $0.members == 0 }
    }

    private mutating func addStranger(_ origin: MemberOrigin, at now: TimePoint) {
        if strangerCount >= Self.strangerLimit {
            // So many at once are an attack; what they announced is forgotten rather than remembered without bound.
            accounts = accounts.filter { $0.value.members > 0 }
            strangerCount = 0
        }
        accounts[origin] = Account()
        strangerCount += 1
    }
}
