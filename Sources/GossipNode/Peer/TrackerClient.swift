import GossipWire
import ZeroMQ

/// A node's link to its tracker: one request at a time, each answered or given up in bounded time.
final class TrackerClient {
    typealias Completion = (TrackerReply?) -> Void

    private struct Waiting {
        let request: TrackerRequest
        let completion: Completion
    }

    /// Requests that may wait behind the one under way.
    private static let queueLimit = 8
    /// A tracker may be told to name up to 10,000 members in an answer.
    private static let frameLimit = 10_002

    private let loop: EventLoop
    private let socket: Socket
    private let timeout: Duration
    private var inbox = MultipartMessage()
    private var current: Waiting?
    private var queue: [Waiting] = []
    private var timer: TimerToken?
    private(set) var outcomes = CallOutcomes()

    /// Requests that wait behind the one under way.
    var waitingCount: Int { queue.count }

    /// - Parameter timeout: after which an answer is no longer waited for.
    /// - Parameter security: of a secured swarm; nil of an open one.
    init(
        in context: Context, on loop: EventLoop, endpoint: String, timeout: Duration, security: SwarmSecurity? = nil
    ) throws(ZeroMQError) {
        self.loop = loop
        self.timeout = timeout
        socket = try Socket(.request, in: context)
        // A lost answer must not block the next question (relaxed), nor be taken for its answer (correlate).
        try socket.set(.requestRelaxed, to: true)
        try socket.set(.requestCorrelate, to: true)
        try socket.secure(security, to: security?.trackerKey)
        try socket.keepAlive()
        try socket.connect(endpoint)
        loop.add(socket, events: .readable) { [unowned self] _ in receive() }
    }

    /// Asks the tracker.
    /// - Parameter completion: called once, on the loop's thread, with the answer; nil where none came in time.
    func send(_ request: TrackerRequest, _ completion: @escaping Completion) {
        guard queue.count < Self.queueLimit else {
            completion(nil)
            return
        }
        queue.append(Waiting(request: request, completion: completion))
        sendNext()
    }

    func close() {
        if let timer { loop.cancel(timer) }
        socket.close()
    }

    private func sendNext() {
        guard current == nil, !queue.isEmpty, !socket.isClosed else { return }
        let next = queue.removeFirst()
        current = next
        timer = loop.schedule(after: timeout) { [unowned self] in
            timer = nil
            finish(nil)
        }
        // Where it would block, the tracker is away: the timer ends the wait.
        _ = try? socket.send(next.request.frames)
    }

    private func receive() {
        while (try? socket.receive(into: &inbox, maximumFrames: Self.frameLimit)) == true {
            finish(inbox.withFrames { try? TrackerReply(WireFrames($0)) })
        }
    }

    private func finish(_ reply: TrackerReply?) {
        guard let finished = current else { return }
        current = nil
        if let timer { loop.cancel(timer) }
        timer = nil
        outcomes.note(reply)
        finished.completion(reply)
        sendNext()
    }
}
