import CZeroMQ
import Synchronization

/// One thread that owns sockets and runs the actors that use them.
///
/// As a `SerialExecutor` it turns an actor's isolation into its sockets' thread-safety: give it as the actor's
/// `unownedExecutor`, create sockets in the actor, and `add` them with handlers. Handlers, timers and jobs all run on
/// the loop's thread, one at a time, so that a handler formed in the actor may call it without `await`.
///
/// A turn runs the timers that are due, then a bounded number of jobs, then waits, then calls the handlers of what
/// was found. What it costs depends on what is ready, not on how much there is to wait for: thousands of idle sockets
/// of many nodes cost nothing. So neither a flood of jobs nor one of messages can starve the other, provided that handlers too bound
/// what they do in one call.
///
/// Life: the thread starts at `init` and keeps the loop alive until `stop()`. It ends when no job is left; sources
/// and timers left by then are dropped, on the thread. An executor may never drop a job: jobs that come afterwards
/// run one at a time on short-lived threads, where the loop's sockets trap. So first let the actors close their
/// sockets, then stop the loop, then terminate the context.
///
/// Sendable though it has mutable state: `inbox` and `owner` synchronise themselves, all else is touched by the
/// loop's thread only, which every method that does so checks. The short-lived threads come one after another, each
/// handed the state through the inbox's lock.
public final class EventLoop: SerialExecutor, @unchecked Sendable {
    /// What the thread is called in debuggers, and in messages.
    public let name: String

    /// Jobs run between two polls: few enough to keep sockets lively, many enough to hide what a poll costs.
    static let jobsPerTurn = 128

    let wakeup: Wakeup
    let inbox = Lock(EventLoopInbox())
    let end = Latch()

    /// The number of the thread that runs the loop. Each stores its own, so that no other can take it for its own.
    let owner = Atomic<UInt>(0)

    var jobs = JobQueue()
    var timers = TimerQueue()
    let watch: any DescriptorWatch
    /// By their keys.
    var sources: [Int: PollSource] = [:]
    /// The key of the newest source; the wakeup has 0.
    var lastKey = 0
    /// Sockets that may have become ready, or still are; others need not be looked at.
    var marked: [PollSource] = []
    /// Room for what a turn takes out of `marked`.
    var looked: [PollSource] = []
    /// What a turn found.
    var found: [(source: PollSource, events: PollEvents)] = []
    /// True once the thread has ended: nothing is polled, and no timer fires, from then on.
    var hasEnded = false

    /// Starts the loop's thread.
    ///
    /// Throws when the process has no descriptors or threads left.
    public convenience init(name: String = "event loop") throws(ZeroMQError) {
        try self.init(name: name, watch: makeDescriptorWatch())
    }

    /// - Parameter watch: how the thread waits; of its own.
    init(name: String, watch: any DescriptorWatch) throws(ZeroMQError) {
        self.name = name
        self.watch = watch
        wakeup = try Wakeup()
        try watch.set(wakeup.readDescriptor, .readable, key: 0)
        try DetachedThread.start(name: name) { self.run() }
    }

    /// Whether the calling code runs on the loop's thread.
    public var isOnThread: Bool {
        owner.load(ordering: .relaxed) == ThreadIdentity.current.rawValue
    }

    /// Asks the loop to end once no job is left. From any thread; returns at once; further calls do nothing.
    public func stop() {
        let isAsleep = inbox.withLock { inbox in
            if inbox.phase == .running { inbox.phase = .stopping }
            return inbox.needsWakeup()
        }
        if isAsleep { wakeup.signal() }
    }

    /// Blocks until the loop has ended. Not on its own thread, which would wait for itself.
    public func join() {
        precondition(!isOnThread, "an event loop cannot wait for its own end")
        end.wait()
    }

    /// Stops the loop and returns when it has ended.
    ///
    /// Not from an actor that runs on it: what follows would run on a short-lived thread.
    public func shutdown() async {
        stop()
        await withCheckedContinuation { continuation in
            let hasEnded = inbox.withLock { inbox in
                if inbox.phase.isOver { return true }
                inbox.waiters.append(continuation)
                return false
            }
            if hasEnded { continuation.resume() }
        }
    }

    func preconditionOnThread(_ operation: String) {
        precondition(isOnThread, "\(operation) belongs on the thread of \(name)")
    }
}
