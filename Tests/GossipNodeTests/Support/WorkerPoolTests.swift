import Testing
import ZeroMQ

@testable import GossipNode

@Suite struct WorkerPoolTests {
    @Test func everyJobIsDone() async throws {
        let workers = try WorkerPool(threadCount: 3)
        let sum = await withTaskGroup { group in
            for number in 1...1_000 { group.addTask { await workers.perform { number } } }
            return await group.reduce(0, +)
        }
        #expect(sum == 500_500)
    }

    @Test func oneThreadDoesJobsInTheirOrder() async throws {
        let workers = try WorkerPool(threadCount: 1)
        let done = Lock<[Int]>([])
        for number in 0..<100 { workers.submit { done.withLock { $0.append(number) } } }
        await workers.perform {}
        #expect(done.withLock { $0 } == Array(0..<100))
    }

    /// What a job holds, a chunk's bytes for one, goes when the job is done.
    @Test func aJobIsLetGoOf() async throws {
        final class Held: Sendable {}
        let workers = try WorkerPool(threadCount: 1)
        var held: Held? = Held()
        weak let trace = held
        await workers.perform { [held] in _ = held }
        held = nil
        await workers.perform {}
        #expect(trace == nil)
    }

    @Test func whatWaitsIsStillDoneWhenThePoolGoes() throws {
        let done = Watched(0)
        do {
            let workers = try WorkerPool(threadCount: 2)
            for _ in 0..<50 { workers.submit { done.update { $0 += 1 } } }
        }
        #expect(done.wait { $0 == 50 })
    }
}
