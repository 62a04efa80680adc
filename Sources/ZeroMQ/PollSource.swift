/// Something an event loop waits for: a socket or a descriptor, what it is waited for, and whom to call.
///
/// A class, since the loop and the socket point at the same one. Touched on the loop's thread alone.
final class PollSource {
    enum Target {
        /// Not owned: a socket takes itself out of its loop before libzmq frees it.
        case socket(UnsafeMutableRawPointer)
        case fileDescriptor
    }

    let loop: EventLoop
    let target: Target
    /// What the system is asked about: of a socket the descriptor by which libzmq tells that there is something to
    /// look at.
    let descriptor: Int32
    /// Counts registrations: handlers are called in this order.
    let key: Int
    let handler: (PollEvents) -> Void
    var events: PollEvents

    /// False once removed: an event already found for it is not delivered any more.
    var isActive = true
    /// Whether it is among the sockets that are looked at in the next turn.
    var isMarked = false
    /// Whether the system would not wait for it.
    var isBroken = false

    init(
        loop: EventLoop, target: Target, descriptor: Int32, key: Int, events: PollEvents,
        handler: @escaping (PollEvents) -> Void
    ) {
        self.loop = loop
        self.target = target
        self.descriptor = descriptor
        self.key = key
        self.events = events
        self.handler = handler
    }
}
