/// A timer that was set, for cancelling it. Harmless once it has fired: numbers are never given out twice.
public struct TimerToken: Hashable, Sendable {
    let sequence: UInt64
}
