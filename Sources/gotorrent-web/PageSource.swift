import GossipCore

/// Where the frames come from: a live bus, or a run that is over.
protocol PageSource: Sendable {
    /// The frame as JSON.
    /// - Parameter cycle: of a run that is over, the cycle after which; nil for the newest.
    func frame(after cycle: UInt64?) async -> [UInt8]
    /// Frames as they come; nil of a run that is over, whose page asks for each.
    var hub: FrameHub? { get }
    /// Passes a command on to the swarm's clock.
    /// - Returns: whether there is a clock that can be told.
    func tell(_ command: ClockCommand) async -> Bool
}
