import Testing

@testable import ZeroMQ

/// Counts without a lock: only its isolation keeps the count right.
private actor Counter {
    nonisolated let loop: EventLoop
    private(set) var count = 0
    private var isInside = false

    init(loop: EventLoop) {
        self.loop = loop
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func increment() {
        precondition(loop.isOnThread, "an actor of the loop runs on its thread")
        precondition(!isInside, "one job at a time")
        isInside = true
        count += 1
        isInside = false
    }

    /// A handler formed inside the actor calls it without `await`.
    func schedule(_ promise: Promise<Int>) {
        loop.schedule(at: .now) {
            self.increment()
            promise.fulfil(self.count)
        }
    }

    /// A handler that comes from elsewhere says where it runs.
    nonisolated func assumeAndIncrement() -> Int {
        assumeIsolated { counter in
            counter.increment()
            return counter.count
        }
    }
}

@Suite(.timeLimit(.minutes(5)))
struct EventLoopExecutorTests {
    @Test func manyTasksOneAtATime() async throws {
        try await withLoop { loop, _ in
            let counter = Counter(loop: loop)
            await withTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask { for _ in 0..<100 { await counter.increment() } }
                }
            }
            #expect(await counter.count == 5_000)
        }
    }

    @Test func handlersAreInsideTheActor() async throws {
        try await withLoop { loop, _ in
            let counter = Counter(loop: loop)
            let promise = Promise<Int>()
            await counter.schedule(promise)
            let count = try await promise.value()
            #expect(count == 1)
            let assumed = Promise<Int>()
            await loop.perform { loop in
                _ = loop.schedule(at: .now) { assumed.fulfil(counter.assumeAndIncrement()) }
            }
            let next = try await assumed.value()
            #expect(next == 2)
        }
    }

    @Test func elsewhereIsOutsideTheActor() async {
        let result = await #expect(processExitsWith: .failure) {
            let counter = Counter(loop: try EventLoop())
            _ = counter.assumeAndIncrement()
        }
        guard case .signal = result?.exitStatus else {
            Issue.record("ended otherwise: \(String(describing: result?.exitStatus))")
            return
        }
    }

    @Test func twoActorsOfOneLoopShareItsThread() async throws {
        try await withLoop { loop, _ in
            let first = Counter(loop: loop)
            let second = Counter(loop: loop)
            await first.increment()
            await second.increment()
            #expect(await first.count + second.count == 2)
        }
    }

    @Test func stoppingRunsWhatWasQueued() async throws {
        let loop = try EventLoop(name: "drains")
        let counter = Counter(loop: loop)
        let isHeld = Latch()
        async let holding: Void = loop.perform { _ in isHeld.wait() }
        var tasks: [Task<Void, Never>] = []
        for _ in 0..<1_000 { tasks.append(Task { await counter.increment() }) }
        loop.stop()
        isHeld.open()
        await holding
        for task in tasks { await task.value }
        await loop.shutdown()
    }

    @Test func jobsAfterTheEndStillRunOneAtATime() async throws {
        let loop = try EventLoop(name: "over")
        let counter = Counter(loop: loop)
        await loop.shutdown()
        await loop.shutdown()
        loop.stop()
        loop.join()
        await withTaskGroup { group in
            for _ in 0..<20 {
                group.addTask { for _ in 0..<50 { await counter.increment() } }
            }
        }
        #expect(await counter.count == 1_000)
    }

    @Test func timersAndSourcesOfALoopThatIsOverAreLetGo() async throws {
        final class Witness: Sendable {}
        weak var witness: Witness?
        let loop = try EventLoop(name: "lets go")
        do {
            let strong = Witness()
            witness = strong
            await loop.perform { loop in _ = loop.schedule(after: .seconds(100)) { _ = strong } }
        }
        #expect(witness != nil)
        await loop.shutdown()
        #expect(witness == nil)
        do {
            let strong = Witness()
            witness = strong
            await loop.perform { loop in _ = loop.schedule(after: .seconds(100)) { _ = strong } }
        }
        #expect(witness == nil)
    }

    @Test func aLoopThatIsOverIsFreed() async throws {
        weak var weakLoop: EventLoop?
        do {
            let loop = try EventLoop(name: "freed")
            weakLoop = loop
            await loop.perform { _ in }
            await loop.shutdown()
            loop.join()
        }
        // Its thread lets go of it as its very last act.
        let deadline = MonotonicTime.now + patience
        while weakLoop != nil && MonotonicTime.now < deadline { await Task.yield() }
        #expect(weakLoop == nil)
    }

    @Test func aLongQueueOfJobsDoesNotStarveTimers() async throws {
        try await withLoop { loop, _ in
            let counter = Counter(loop: loop)
            let isOver = Flag()
            await withTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        repeat { await counter.increment() } while !isOver.isRaised && !Task.isCancelled
                    }
                }
                await loop.perform { loop in
                    _ = loop.schedule(after: .milliseconds(5)) { isOver.raise() }
                }
            }
            #expect(await counter.count >= 4)
        }
    }
}
