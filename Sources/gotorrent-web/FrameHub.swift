/// Gives every browser the newest frame, as fast as it takes them.
///
/// A frame that a browser has not taken when the next one comes is forgotten: each has one waiting at most, and nobody
/// waits for anybody.
actor FrameHub {
    /// Browsers at once.
    static let mostClients = 32

    private var clients: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
    private var nextClient = 0
    private var isFinished = false

    var hasClients: Bool { !clients.isEmpty }

    /// The frames from now on, the newest first of all; nil where there are as many browsers as may be.
    func subscribe(_ newest: [UInt8]) -> AsyncStream<[UInt8]>? {
        guard clients.count < Self.mostClients, !isFinished else { return nil }
        let client = nextClient
        nextClient += 1
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingNewest(1))
        clients[client] = continuation
        continuation.onTermination = { [weak self] _ in
            Task { await self?.leave(client) }
        }
        continuation.yield(newest)
        return stream
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

    private func leave(_ client: Int) {
        clients[client] = nil
    }
}
