/// Where an announcement came from, as far as that cannot be made up: the network address of its link.
///
/// The shell makes a number of it; members of one address have the same.
public struct MemberOrigin: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Of whom nothing is known: such members are in no account. A simulation's are.
    public static let unknown = MemberOrigin(rawValue: 0)
}
