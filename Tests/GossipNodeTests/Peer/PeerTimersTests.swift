import Testing
import ZeroMQ

@testable import GossipNode

@Suite(.timeLimit(.minutes(5)))
struct PeerTimersTests {
    private actor Holder {
        private nonisolated let loop: EventLoop
        private var timers = PeerTimers()
        private let fired: AsyncStream<String>.Continuation
        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ loop: EventLoop, _ fired: AsyncStream<String>.Continuation) {
            self.loop = loop
            self.fired = fired
        }

        private func set(_ kind: PeerTimers.Kind, _ name: String, after delay: Duration) {
            timers.set(kind, at: .now + delay, on: loop) { [fired] in fired.yield(name) }
        }

        /// The first of its kind is replaced, the second cancelled, the third runs.
        func replaceAndCancel() {
            set(.announce, "replaced", after: .zero)
            set(.announce, "announce", after: .milliseconds(1))
            set(.refresh, "cancelled", after: .zero)
            timers.cancel(.refresh, on: loop)
            timers.cancel(.refresh, on: loop)
            set(.holdover, "holdover", after: .milliseconds(2))
        }

        func cancelAll() {
            for kind in PeerTimers.Kind.allCases { set(kind, "cancelled", after: .zero) }
            timers.cancelAll(on: loop)
            set(.digestWait, "end", after: .milliseconds(1))
        }
    }

    @Test func oneOfAKindIsSetAtATime() async throws {
        let loop = try EventLoop(name: "timers")
        let (names, continuation) = AsyncStream.makeStream(of: String.self)
        let holder = Holder(loop, continuation)
        var iterator = names.makeAsyncIterator()
        await holder.replaceAndCancel()
        #expect(await iterator.next() == "announce")
        #expect(await iterator.next() == "holdover")
        await holder.cancelAll()
        #expect(await iterator.next() == "end")
        await loop.shutdown()
    }
}
