import Subprocess

/// Writes frames to an agent, whole ones, in order, whoever sends them.
actor FrameWriter {
    private let input: StandardInputWriter
    private var last: Task<Void, any Error>?

    init(_ input: StandardInputWriter) {
        self.input = input
    }

    /// Returns when the system has taken the bytes: who sends more than the line takes waits here.
    func send(_ bytes: [UInt8]) async throws {
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

    func send(_ request: AgentRequest) async throws {
        try await send(AgentFrame.message(request).encoded)
    }
}
