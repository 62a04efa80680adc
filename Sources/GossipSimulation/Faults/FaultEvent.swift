import GossipCore

/// Something that goes wrong, or is put right again, at some moment of a run.
enum FaultEvent: Equatable, Sendable {
    case crash(node: Int, keepsMemory: Bool)
    /// A node that crashed, or one that joins.
    case start(node: Int)
    /// A node goes for good.
    case leave(node: Int)
    /// The nodes on side 1 no longer reach those on side 0, nor the tracker.
    case split(sides: [UInt8])
    case heal
    case trackerStops, trackerStarts
    /// Ticks and progress no longer pass.
    case busStops, busStarts
    case pace(node: Int, NodePace)

    var name: String {
        switch self {
        case .crash: "crashes"
        case .start: "starts"
        case .leave: "departures"
        case .split: "partitions"
        case .heal: "heals"
        case .trackerStops: "tracker outages"
        case .trackerStarts: "tracker starts"
        case .busStops: "clock outages"
        case .busStarts: "clock returns"
        case .pace: "changes of pace"
        }
    }
}
