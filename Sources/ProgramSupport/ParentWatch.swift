#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ends this process with the one that started it, however that one ended.
///
/// The parent holds the other end of our standard input, over which it may command us: when it is gone, killed even, the
/// system closes that end. This also works on macOS and through ssh, which the death signal of Linux does not.
package enum ParentWatch {
    /// What the node has for its goodbyes, before it is ended without them. They take a moment, but where it has just
    /// become whole it first waits for the disk.
    private static let graceSeconds: UInt32 = 15

    /// A line that is longer is no command.
    private static let lineLimit = 64

    /// What the thread is started with.
    private final class Start {
        let onLine: @Sendable (String) -> Void

        init(_ onLine: @escaping @Sendable (String) -> Void) {
            self.onLine = onLine
        }
    }

    /// - Parameter onLine: called with each line that the parent writes, on a thread of its own.
    package static func start(onLine: @escaping @Sendable (String) -> Void = { _ in }) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 256 << 10)
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let start = Unmanaged.passRetained(Start(onLine)).toOpaque()
        pthread_create(&thread, &attributes, { ParentWatch.wait($0) }, start)
    }

    private static func wait(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        let onLine = start.map { Unmanaged<Start>.fromOpaque($0).takeRetainedValue().onLine }
        var byte: UInt8 = 0
        var line: [UInt8] = []
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            if count > 0 {
                if byte == UInt8(ascii: "\n") {
                    if line.count <= lineLimit { onLine?(String(decoding: line, as: UTF8.self)) }
                    line = []
                } else if line.count <= lineLimit {
                    line.append(byte)
                }
                continue
            }
            kill(getpid(), SIGTERM)
            sleep(graceSeconds)
            _exit(1)
        }
    }
}
