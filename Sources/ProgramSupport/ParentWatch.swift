#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ends this process with the one that started it, however that one ended.
///
/// The parent holds the other end of our standard input and writes nothing more to it: when the parent is gone, killed
/// even, the system closes that end. This also works on macOS and through ssh, which the death signal of Linux does not.
package enum ParentWatch {
    /// What the node has for its goodbyes, before it is ended without them. They take a moment, but where it has just
    /// become whole it first waits for the disk.
    private static let graceSeconds: UInt32 = 15

    package static func start() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 64 << 10)
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        pthread_create(&thread, &attributes, { _ in ParentWatch.wait() }, nil)
    }

    private static func wait() -> UnsafeMutableRawPointer? {
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count > 0 || (count < 0 && errno == EINTR) { continue }
            kill(getpid(), SIGTERM)
            sleep(graceSeconds)
            _exit(1)
        }
    }
}
