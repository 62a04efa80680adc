import Subprocess

/// Writes frames to an agent, whole ones, in order, whoever sends them.
actor FrameWriter {
    private let input: StandardInputWriter
    private var last: Task<Void, any Error>?
    private var isClosed = false

    init(_ input: StandardInputWriter) {
        self.input = input
    }

    /// Returns when the system has taken the bytes: who sends more than the line takes waits here.
    func send(_ bytes: [UInt8]) async throws {
        guard !isClosed else { throw LaunchError("the connection was lost") }
        let previous = last
        let input = input
        let writing = Task {
            // The turn counts; who sent before hears of errors itself.
            _ = await previous?.result
            _ = try await input.write(bytes)
        }
        last = writing
        try await writing.value
    }

    /// Takes no more, and returns when nothing is being written: only then may the descriptor be closed.
    func close() async {
        isClosed = true
        _ = await last?.result
    }

    func send(_ request: AgentRequest) async throws {
        try await send(AgentFrame.message(request).encoded)
    }
}
