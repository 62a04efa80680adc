#if canImport(Darwin)
    import Darwin
#else
    import CZeroMQ
    import Glibc
#endif

/// Starts threads that nobody joins; who must know of their end is told otherwise.
package enum DetachedThread {
    /// Runs `body` on a new thread on which signals are blocked, so that they go to the program's other threads.
    ///
    /// - Parameter name: for debuggers and `top -H`; the system keeps the first 15 bytes.
    package static func start(name: String, _ body: @escaping @Sendable () -> Void) throws(ZeroMQError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // macOS gives threads 512 KiB unless told; a loop runs any actor's code.
        pthread_attr_setstacksize(&attributes, 4 << 20)

        let start = Unmanaged.passRetained(Start(name: name, body: body))
        let previousMask = blockSignals()
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let result = pthread_create(&thread, &attributes, DetachedThread.main, start.toOpaque())
        restoreSignals(previousMask)
        guard result == 0 else {
            start.release()
            throw ZeroMQError(code: ZeroMQError.Code(rawValue: result), operation: "start thread \(name)")
        }
    }

    private final class Start {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    #if canImport(Darwin)
        private static let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
            run(argument)
            return nil
        }
    #else
        private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
            if let argument { run(argument) }
            return nil
        }
    #endif

    private static func run(_ argument: UnsafeMutableRawPointer) {
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        let name = String(decoding: start.name.utf8.prefix(15), as: UTF8.self)
        #if canImport(Darwin)
            pthread_setname_np(name)
        #else
            czeromq_set_thread_name(name)
        #endif
        start.body()
    }

    /// Blocks every signal on this thread, for the new one to inherit, and returns what was blocked before.
    ///
    /// Those that a fault raises stay open: blocked, they would end the process without a word of where.
    private static func blockSignals() -> sigset_t {
        var blocked = sigset_t()
        var previous = sigset_t()
        sigfillset(&blocked)
        for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&blocked, fault) }
        pthread_sigmask(SIG_SETMASK, &blocked, &previous)
        return previous
    }

    private static func restoreSignals(_ mask: sigset_t) {
        var mask = mask
        pthread_sigmask(SIG_SETMASK, &mask, nil)
    }
}
