import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Threads for work that would keep an event loop too long: hashing, and waiting for the disk.
///
/// Jobs begin in the order in which they were submitted; with more than one thread they may end in another.
///
/// Sendable though its storage is not: jobs are touched under the mutex only, and the mutex and the condition, which
/// must not move in memory, are allocated at `init` and freed at `deinit`, which no thread outlives: each holds the
/// pool's storage while it runs.
package final class WorkerPool: Sendable {
    package typealias Job = @Sendable () -> Void

    /// More threads than this one process does not need: a memory bus is busy with fewer.
    private static let threadLimit = 8

    private let queue: Queue

    /// - Parameter threadCount: nil for one thread a processor.
    package init(threadCount: Int? = nil) throws(ZeroMQError) {
        let count = threadCount ?? Self.processorCount
        precondition(count > 0, "jobs need a thread")
        queue = Queue()
        for _ in 0..<min(count, Self.threadLimit) {
            try DetachedThread.start(name: "worker") { [queue] in
                while let job = queue.next() { job() }
            }
        }
    }

    /// Jobs under way and waiting are still done.
    deinit { queue.close() }

    /// Has a job done on one of the threads.
    package func submit(_ job: @escaping Job) {
        queue.append(job)
    }

    /// Does a job on one of the threads and returns what came of it.
    package func perform<Result: Sendable>(_ job: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            submit { continuation.resume(returning: job()) }
        }
    }

    /// Processors that are there for this process's threads.
    package static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    private final class Queue: @unchecked Sendable {
        private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        private var jobs: [Job] = []
        /// Older ones, the oldest last.
        private var olderJobs: [Job] = []
        private var isClosed = false

        init() {
            mutex.initialize(to: pthread_mutex_t())
            condition.initialize(to: pthread_cond_t())
            let result = pthread_mutex_init(mutex, nil) | pthread_cond_init(condition, nil)
            precondition(result == 0, "a mutex and a condition can always be made")
        }

        deinit {
            pthread_cond_destroy(condition)
            pthread_mutex_destroy(mutex)
            condition.deallocate()
            mutex.deallocate()
        }

        func append(_ job: @escaping Job) {
            pthread_mutex_lock(mutex)
            jobs.append(job)
            pthread_cond_signal(condition)
            pthread_mutex_unlock(mutex)
        }

        /// Waits for a job; nil when there are none and are to be none.
        func next() -> Job? {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            while jobs.isEmpty && olderJobs.isEmpty {
                if isClosed { return nil }
                pthread_cond_wait(condition, mutex)
            }
            if olderJobs.isEmpty {
                olderJobs = jobs.reversed()
                jobs.removeAll(keepingCapacity: true)
            }
            return olderJobs.removeLast()
        }

        func close() {
            pthread_mutex_lock(mutex)
            isClosed = true
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
    }
}
