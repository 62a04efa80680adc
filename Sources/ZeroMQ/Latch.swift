#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A gate that opens once: threads wait at it until then.
///
/// Sendable though its storage is not: the flag is touched under the mutex only, and the mutex and the condition,
/// which must not move in memory, are allocated at `init` and freed at `deinit`, when no thread can be waiting.
final class Latch: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isOpen = false

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

    /// Lets everyone through, now and later.
    func open() {
        pthread_mutex_lock(mutex)
        isOpen = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Blocks the calling thread until the latch is open.
    func wait() {
        pthread_mutex_lock(mutex)
        while !isOpen { pthread_cond_wait(condition, mutex) }
        pthread_mutex_unlock(mutex)
    }
}
