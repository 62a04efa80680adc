import GossipCore

/// What happened from some moment on, one line each, for people who look for a fault's cause.
struct SwarmLog {
    private static let lineLimit = 4_000

    private let start: TimePoint
    private(set) var lines: [String] = []

    /// - Parameter start: nothing before it is written down.
    init(from start: TimePoint) {
        self.start = start
    }

    mutating func add(_ time: TimePoint, _ node: NodeLife?, _ text: () -> String) {
        guard time >= start else { return }
        lines.append("\(Self.text(of: time)) \(node.map { "\($0)" } ?? "-"): \(text())")
        // The end is what matters; half is dropped at once, for removing the first of many costs time.
        if lines.count > 2 * Self.lineLimit { lines.removeFirst(Self.lineLimit) }
    }

    /// Seconds with three decimals.
    static func text(of time: TimePoint) -> String {
        let milliseconds = time.nanoseconds / 1_000_000
        let rest = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest + " s"
    }
}
