import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct ContextTests {
    @Test func endsThoughMessagesAreUnsent() throws {
        let context = try Context()
        let socket = try Socket(.dealer, in: context)
        // Nobody listens at the discard port; without IMMEDIATE the message is queued all the same.
        try socket.connect("tcp://127.0.0.1:9")
        #expect(try socket.send([[1]]) == .sent)
        socket.close()
        context.terminate()
    }

    @Test func endsTwice() throws {
        let context = try Context()
        context.terminate()
        context.terminate()
        context.shutdown()
        let error = #expect(throws: ZeroMQError.self) { try Socket(.pair, in: context) }
        #expect(error?.code == .contextTerminated)
    }

    @Test func shutdownEndsAWait() throws {
        let context = try Context()
        let socket = try Socket(.pair, in: context)
        try socket.bind("inproc://wait")
        try DetachedThread.start(name: "ends the wait") { context.shutdown() }
        let error = #expect(throws: ZeroMQError.self) { try socket.receive(timeout: nil) }
        #expect(error?.code == .contextTerminated)
        socket.close()
        context.terminate()
    }

    @Test func aForgottenSocketIsClosedWithItsLastReference() throws {
        let context = try Context()
        do {
            let socket = try Socket(.dealer, in: context)
            try socket.bind("inproc://forgotten")
        }
        context.terminate()
    }

    @Test func refusesWhatMakesNoSense() {
        #expect(throws: ZeroMQError.self) { try Context(ioThreads: -1) }
        #expect(throws: ZeroMQError.self) { try Context(maximumSockets: 1 << 40) }
    }
}
