/// Requests of the next cycle, kept until this node's own tick: their senders heard it first.
struct HoldQueue: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        let request: PeerRequest
        let token: MessageToken
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }

    /// Keeps a request; false where `limit` are waiting already.
    mutating func append(_ request: PeerRequest, _ token: MessageToken, limit: Int) -> Bool {
        guard entries.count < limit else { return false }
        entries.append(Entry(request: request, token: token))
        return true
    }

    /// Takes out everything, in the order of arrival.
    mutating func removeAll() -> [Entry] {
        defer { entries.removeAll(keepingCapacity: false) }
        return entries
    }
}
