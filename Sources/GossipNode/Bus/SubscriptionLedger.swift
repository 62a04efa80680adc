import ZeroMQ

/// What each link subscribed to: libzmq keeps every topic for as long as its link lasts, in a tree of a node for each byte
/// of 32 bytes of memory, so that a kibibyte of topics takes 32 of memory.
struct SubscriptionLedger {
    private struct Entry {
        var topics = 0
        var bytes = 0
    }

    /// A link that is to be cut, and why.
    struct Excess: Equatable {
        let link: LinkDescriptor
        let reason: String
    }

    /// Topics that one link may have, and bytes that the topics of all may have.
    private let topicLimit: Int
    private let byteLimit: Int
    private var entries: [LinkDescriptor: Entry] = [:]
    private var bytes = 0

    init(topicLimit: Int, byteLimit: Int) {
        self.topicLimit = topicLimit
        self.byteLimit = byteLimit
    }

    /// A link subscribed to a topic of so many bytes.
    /// - Returns: a link that has too many; where all together have too much, the one that has most, which is not one
    ///   that has no more than its even part.
    mutating func subscribe(_ link: LinkDescriptor, size: Int) -> Excess? {
        entries[link, default: Entry()].topics += 1
        entries[link, default: Entry()].bytes += size
        bytes += size
        if let count = entries[link]?.topics, count > topicLimit {
            return excess(link, "it subscribed to \(count) topics")
        }
        guard bytes > byteLimit else { return nil }
        let most = entries.max { $0.value.bytes < $1.value.bytes }?.key ?? link
        return excess(most, "there are \(bytes) bytes of topics, and most are its own")
    }

    /// A link takes a subscription back.
    mutating func unsubscribe(_ link: LinkDescriptor, size: Int) {
        guard var entry = entries[link], entry.topics > 0, entry.bytes >= size else { return }
        entry.topics -= 1
        entry.bytes -= size
        bytes -= size
        entries[link] = entry.topics == 0 ? nil : entry
    }

    /// A link is gone, or its number another's.
    mutating func remove(_ link: LinkDescriptor) {
        bytes -= entries.removeValue(forKey: link)?.bytes ?? 0
    }

    /// What it has goes with it; what of it comes until it is gone counts anew.
    private mutating func excess(_ link: LinkDescriptor, _ reason: String) -> Excess {
        remove(link)
        return Excess(link: link, reason: reason)
    }
}
