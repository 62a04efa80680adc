import GossipCore

/// What happens in an event-driven swarm.
enum SimulatedEvent {
    /// A node that is there from the start is started.
    case started(Int)
    case packet(Packet)
    /// A tick of the clock reaches a node.
    case tick(NodeLife, Cycle, interval: TimeSpan)
    /// A node's timer is due, unless it was set anew under another number.
    case timer(NodeLife, SimulatedTimer, number: UInt64)
    /// A link's connection may be up, or may have been given up.
    case linkChanged(NodeLife, to: Int, isUp: Bool)
    case verified(NodeLife, MessageToken)
    /// A chunk for a receiver has left the node's uplink.
    case served(NodeLife, ReceiverID)
    case trackerAsked(by: NodeLife, TrackerQuestion, number: UInt64)
    case trackerAnswered(NodeLife, TrackerAnswer, number: UInt64)
    /// A node's report of a cycle that ended reaches the bus.
    case progress(of: Int, Cycle, bytesSent: UInt64)
    /// The clock's deadline, unless it was set anew under another number.
    case clock(number: UInt64)
    /// The tracker looks for silent members.
    case sweep(number: UInt64)
    case fault(FaultEvent)
}

/// A node's timers, one of each kind at a time.
enum SimulatedTimer: Int, CaseIterable {
    case announce, refresh, holdover, digestWait, cycleEnding, trackerTimeout, join
}

enum TrackerQuestion: Equatable {
    case announce, getPeers, leave
}

enum TrackerAnswer: Equatable {
    case announced(interval: TimeSpan)
    case peers([Int])
    case left
}
