import Testing
import ZeroMQ

/// Each runs in a process of its own, which must die of it.
@Suite(.timeLimit(.minutes(5)))
struct WrongThreadTests {
    /// A trap is a signal; an error that leaves the process would be an exit code.
    private func expectTrap(_ result: ExitTest.Result?) {
        guard case .signal = result?.exitStatus else {
            Issue.record("ended otherwise: \(String(describing: result?.exitStatus))")
            return
        }
    }

    @Test func sendingElsewhereTraps() async {
        let result = await #expect(processExitsWith: .failure) {
            let box = Box(try Socket(.pair, in: Context()))
            try await EventLoop().perform { _ in _ = try? box.value.send([[1]]) }
        }
        expectTrap(result)
    }

    @Test func receivingElsewhereTraps() async {
        let result = await #expect(processExitsWith: .failure) {
            let box = Box(try Socket(.pair, in: Context()))
            try await EventLoop().perform { _ in _ = try? box.value.receive(timeout: .zero) }
        }
        expectTrap(result)
    }

    @Test func closingElsewhereTraps() async {
        let result = await #expect(processExitsWith: .failure) {
            let box = Box(try Socket(.pair, in: Context()))
            try await EventLoop().perform { _ in box.value.close() }
        }
        expectTrap(result)
    }

    @Test func releasingElsewhereTraps() async {
        let result = await #expect(processExitsWith: .failure) {
            let box = Box<Socket?>(try Socket(.pair, in: Context()))
            try await EventLoop().perform { _ in box.value = nil }
        }
        expectTrap(result)
    }

    @Test func addingElsewhereTraps() async {
        let result = await #expect(processExitsWith: .failure) {
            let socket = try Socket(.pair, in: Context())
            try EventLoop().add(socket, events: .readable) { _ in }
        }
        expectTrap(result)
    }

    @Test func schedulingElsewhereTraps() async {
        let result = await #expect(processExitsWith: .failure) {
            try EventLoop().schedule(at: .now) {}
        }
        expectTrap(result)
    }

    @Test func theSameOnTheRightThreadDoesNot() async {
        await #expect(processExitsWith: .success) {
            let context = try Context()
            let loop = try EventLoop()
            let succeeds = await loop.perform { loop in
                guard let socket = try? Socket(.pair, in: context) else { return false }
                loop.add(socket, events: .readable) { _ in }
                loop.schedule(at: .now) {}
                socket.close()
                return true
            }
            precondition(succeeds)
        }
    }
}
