/// Who moves a chunk: the one that holds it, the one that misses it, or both.
///
/// Source: Demers et al., *Epidemic algorithms for replicated database maintenance*, PODC 1987, section 1.3.
public enum GossipStyle: String, CaseIterable, Sendable {
    case push
    case pull
    case pushPull = "push-pull"

    /// Whether a node that holds anything pushes at each tick.
    public var pushes: Bool { self != .pull }

    /// Whether a node that misses anything pulls at each tick.
    public var pulls: Bool { self != .push }
}
