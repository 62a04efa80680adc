/// The shell's handle of an incoming message: its return address and its bytes.
///
/// The core keeps tokens, never bytes or addresses. Every token that is handed in comes back in exactly one
/// `PeerAction.release`; until then the shell keeps what it stands for.
public struct MessageToken: Hashable, Sendable {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }
}
