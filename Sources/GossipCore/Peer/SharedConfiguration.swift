/// A configuration that many machines refer to: a million simulated nodes have the same rules.
public final class SharedConfiguration: Equatable, Sendable {
    public let value: PeerConfiguration

    public init(_ value: PeerConfiguration) {
        self.value = value
    }

    public static func == (left: SharedConfiguration, right: SharedConfiguration) -> Bool {
        left === right || left.value == right.value
    }
}
