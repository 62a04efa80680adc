/// Gives every browser the newest frame, as fast as it takes them.
///
/// A frame that a browser has not taken when the next one comes is forgotten: each has one waiting at most, and nobody
/// waits for anybody.
actor FrameHub {
    /// Browsers at once.
    static let mostClients = 32

    private var clients: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
    /// Who was let in and has not left: also who is still being told that it is over.
    private var present: Set<Int> = []
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var nextClient = 0
    private var isFinished = false

    var hasClients: Bool { !clients.isEmpty }

    /// The frames from now on, the newest first of all; nil where there are as many browsers as may be.
    /// - Returns: also the number by which to `leave`.
    func enter(_ newest: [UInt8]) -> (client: Int, frames: AsyncStream<[UInt8]>)? {
        guard present.count < Self.mostClients, !isFinished else { return nil }
        let client = nextClient
        nextClient += 1
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingNewest(1))
        clients[client] = continuation
        present.insert(client)
        continuation.yield(newest)
        return (client, stream)
    }

    /// To be called by whoever entered, when its connection is over.
    func leave(_ client: Int) {
        clients.removeValue(forKey: client)?.finish()
        present.remove(client)
        if present.isEmpty { release() }
    }

    func publish(_ frame: [UInt8]) {
        for client in clients.values { client.yield(frame) }
    }

    /// Ends all streams, each after the frame that waits in it.
    func finish() {
        isFinished = true
        for client in clients.values { client.finish() }
        clients = [:]
    }

    /// Returns when all have left, or the time is over.
    func waitUntilEmpty(atMost patience: Duration) async {
        let alarm = Task {
            try? await Task.sleep(for: patience)
            release()
        }
        if !present.isEmpty { await withCheckedContinuation { waiting.append($0) } }
        alarm.cancel()
        await alarm.value
    }

    private func release() {
        for waiter in waiting { waiter.resume() }
        waiting = []
    }
}
