/// Which peers of the peer set become partners.
public enum PartnerChoice: String, CaseIterable, Sendable {
    /// Any, with equal probability.
    case uniform
    /// Those that were partners longest ago; first those that never were.
    case leastRecentlyContacted = "least-recently-contacted"
}
