#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A thread, by its number: what a socket compares to trap on the wrong thread.
///
/// The number of a thread that has ended may be given to a new one, so equality proves nothing about a thread that
/// is no longer running. That is enough here: a socket whose thread has ended has already broken its rule.
struct ThreadIdentity: Equatable, Sendable {
    /// Zero is no thread: neither Linux nor macOS gives it out.
    let rawValue: UInt

    /// The calling thread. A few nanoseconds: no system call.
    static var current: ThreadIdentity {
        #if canImport(Darwin)
            ThreadIdentity(rawValue: UInt(bitPattern: pthread_self()))
        #else
            ThreadIdentity(rawValue: UInt(pthread_self()))
        #endif
    }
}
