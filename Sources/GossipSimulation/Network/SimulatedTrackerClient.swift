import GossipCore

/// A simulated node's questions to the tracker: one at a time, as `TrackerClient` over sockets.
struct SimulatedTrackerClient {
    typealias Completion = (TrackerAnswer?) -> Void

    static let queueLimit = 8
    /// After which an answer is no longer waited for.
    static let timeout = TimeSpan.seconds(2)

    private var current: Completion?
    private var waiting: [(question: TrackerQuestion, completion: Completion)] = []
    /// Of the question under way; answers to others are not its own.
    private(set) var number: UInt64 = 0

    var waitingCount: Int { waiting.count }

    /// Adds a question; false where too many wait.
    mutating func queue(_ question: TrackerQuestion, _ completion: @escaping Completion) -> Bool {
        guard waiting.count < Self.queueLimit else { return false }
        waiting.append((question, completion))
        return true
    }

    /// Begins the next question, if there is one and none is under way.
    mutating func next() -> TrackerQuestion? {
        guard current == nil, !waiting.isEmpty else { return nil }
        let next = waiting.removeFirst()
        current = next.completion
        number += 1
        return next.question
    }

    /// Ends the question under way.
    mutating func finish() -> Completion? {
        defer { current = nil }
        return current
    }
}
