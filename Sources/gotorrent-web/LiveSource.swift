import GossipCore
import GossipNode
import ProgramSupport
import GossipWire
import SwarmPage

/// Folds what the bus says into one picture, and gives it to the browsers: ten times a second at most, and only where
/// there is somebody to look and something new.
actor LiveSource: PageSource {
    private static let period = Duration.milliseconds(100)
    /// Also where nothing is new: so a connection that is gone is noticed, and the page sees time pass.
    private static let heartbeatPeriods = 20
    private static let lastWords = Duration.milliseconds(200)
    /// After so many messages others have their turn, also where the bus says more than can be read.
    private static let messagesPerTurn = 256

    nonisolated let hub: FrameHub? = FrameHub()
    private var picture: SwarmPicture
    private var isChanged = false
    /// Whether the clock is held; nil where it cannot be.
    private var isPaused: Bool?

    /// - Parameter isPaused: whether the clock is held; nil where whoever started this program reads no commands to the
    ///   clock from its output.
    init(_ picture: SwarmPicture, isPaused: Bool?) {
        self.picture = picture
        self.isPaused = isPaused
    }

    func frame(after cycle: UInt64?) -> [UInt8] {
        var frame = picture.frame(at: .now)
        frame.control = isPaused.map { ControlPart(isPaused: $0) }
        return frame.json
    }

    func tell(_ command: ClockCommand) -> Bool {
        guard isPaused != nil else { return false }
        Console.result(command.rawValue)
        isPaused = command != .resume
        isChanged = true
        return true
    }

    /// Takes in what the bus says until it ends.
    func take(_ deliveries: AsyncStream<BusDelivery>) async {
        var count = 0
        for await delivery in deliveries {
            guard let message = delivery.message else { continue }
            if picture.take(message, at: .now) { isChanged = true }
            count += 1
            if count % Self.messagesPerTurn == 0 { await Task.yield() }
        }
    }

    /// Publishes until the task is cancelled; then what is newest once more, and the end.
    func publish() async {
        var quiet = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.period)
            if picture.look(at: .now) { isChanged = true }
            quiet += 1
            guard isChanged || quiet >= Self.heartbeatPeriods, await hub?.hasClients == true else { continue }
            (isChanged, quiet) = (false, 0)
            await hub?.publish(frame(after: nil))
        }
        // What was said before the end is on its way. This task is cancelled, and would not sleep.
        await Task { try? await Task.sleep(for: Self.lastWords) }.value
        await hub?.publish(frame(after: nil))
        await hub?.finish()
    }
}
