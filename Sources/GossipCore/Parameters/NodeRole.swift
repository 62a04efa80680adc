/// Whether a node started with the whole file.
public enum NodeRole: String, CaseIterable, Sendable {
    case seed
    case peer
}
