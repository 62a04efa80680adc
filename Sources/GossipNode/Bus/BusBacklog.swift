import GossipWire

/// What a node has to say while nobody on the bus listens.
///
/// It is bounded, and what makes room is the oldest report: each later one tells more, and an event is told once.
struct BusBacklog {
    static let limit = 64

    private(set) var messages: [BusMessage] = []

    mutating func add(_ message: BusMessage) {
        if messages.count == Self.limit { messages.remove(at: messages.firstIndex(where: \.isReport) ?? 0) }
        messages.append(message)
    }

    /// Everything, in the order in which it was said; nothing is kept.
    mutating func removeAll() -> [BusMessage] {
        defer { messages = [] }
        return messages
    }
}

extension BusMessage {
    fileprivate var isReport: Bool {
        if case .progress = self { true } else { false }
    }
}
