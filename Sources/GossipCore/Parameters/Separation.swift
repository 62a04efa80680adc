/// What becomes of a chunk that arrives after the cycle in which it was sent.
public enum Separation: String, CaseIterable, Sendable {
    /// It is dropped: messages of different cycles stay apart.
    case strict
    /// It is kept and usable from the next cycle on.
    case relaxed
}
