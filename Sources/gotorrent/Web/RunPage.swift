import GossipCore
import GossipNode
import ProgramSupport

/// The page of a run: opened once the bus is there, and open until the run's record is closed, so that its last frame is
/// the run's last.
actor RunPage {
    private let program: WebProgram
    private let name: String
    /// What the page tells the clock.
    nonisolated let commands: AsyncStream<ClockCommand>
    private let commanding: AsyncStream<ClockCommand>.Continuation
    private let beginsHeld: Bool
    private let (requests, continuation) = AsyncStream.makeStream(of: Request.self)

    private struct Request: Sendable {
        let bus: String
        let keys: NodeCredentials?
    }

    /// - Parameter beginsHeld: whether the clock is held before anybody says so.
    init(_ program: WebProgram, name: String, beginsHeld: Bool) {
        self.program = program
        self.name = name
        self.beginsHeld = beginsHeld
        (commands, commanding) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
        if beginsHeld { commanding.yield(.pause) }
    }

    nonisolated func open(bus: String, keys: NodeCredentials?) {
        continuation.yield(Request(bus: bus, keys: keys))
    }

    /// Works until the task is cancelled. A page that cannot be shown is no reason to give up a run: it is said, and no
    /// more.
    nonisolated func work() async {
        for await request in requests {
            do {
                try await program.run(
                    source: request.bus, name: name, keys: request.keys, clock: beginsHeld ? .held : .running,
                    onAddress: { Console.note("gotorrent: the swarm is shown at \($0)") },
                    onCommand: { [commanding] in commanding.yield($0) })
            } catch is CancellationError {
                return
            } catch {
                Console.note("gotorrent: no page is shown: \(error)")
            }
        }
    }
}
