import GossipCore

/// The network of an event-driven simulation: how messages fare, and how fast the nodes are.
package struct NetworkParameters: Equatable, Sendable {
    /// Δ.
    package var interval = TimeSpan.seconds(1)
    /// Bytes that a chunk takes on a link.
    package var chunkSize = 1
    package var conditions: NetworkConditions
    /// The same at every node.
    package var pace = NodePace()

    package init() {
        conditions = .synchronous
        // Loss is of the gossip; its formulas know of no lost clock.
        conditions.losesControl = false
    }

    /// The bytes of a message with a chunk.
    package var chunkMessageSize: Int { chunkSize + Packet.overhead }

    /// How long a chunk takes from one node to another, at least; it streams through both lines at once.
    package var chunkTime: TimeSpan {
        let times = [pace.uplinkBytesPerSecond, pace.downlinkBytesPerSecond].map {
            NodePace.transferTime(of: chunkMessageSize, at: $0)
        }
        return conditions.delay + max(times[0], times[1])
    }

    /// Gives every node lines that carry so many chunks a cycle, each way: the slotted model.
    package mutating func setSlots(_ slots: Int) {
        let rate = (UInt64(slots) * UInt64(chunkMessageSize)).multipliedFullWidth(by: 1_000_000_000)
        let length = max(1, interval.nanoseconds)
        let perSecond = rate.high < length ? length.dividingFullWidth(rate).quotient : .max
        (pace.uplinkBytesPerSecond, pace.downlinkBytesPerSecond) = (perSecond, perSecond)
    }
}
