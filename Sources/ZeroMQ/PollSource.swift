/// Something an event loop polls: a socket or a descriptor, what it is waited for, and whom to call.
///
/// A class, since the loop and the socket point at the same one. Touched on the loop's thread alone.
final class PollSource {
    enum Target {
        /// Not owned: a socket takes itself out of its loop before libzmq frees it.
        case socket(UnsafeMutableRawPointer)
        case fileDescriptor(Int32)
    }

    let loop: EventLoop
    let target: Target
    let handler: (PollEvents) -> Void
    var events: PollEvents

    /// False once removed: an event already found for it is not delivered any more.
    var isActive = true

    init(loop: EventLoop, target: Target, events: PollEvents, handler: @escaping (PollEvents) -> Void) {
        self.loop = loop
        self.target = target
        self.events = events
        self.handler = handler
    }
}
