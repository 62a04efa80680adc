#if canImport(Darwin)
    import Darwin
#else
    import CZeroMQ
    import Glibc
#endif

/// A descriptor that another thread makes readable, to end an event loop's wait, or to tell it something.
///
/// An eventfd on Linux; macOS has none, so there a pipe.
package final class Wakeup: Sendable {
    /// What to poll for reading.
    package let readDescriptor: Int32
    private let writeDescriptor: Int32

    package init() throws(ZeroMQError) {
        #if canImport(Darwin)
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw ZeroMQError(code: .last, operation: "create pipe") }
            for end in ends {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
            readDescriptor = ends[0]
            writeDescriptor = ends[1]
        #else
            let descriptor = czeromq_eventfd()
            guard descriptor != -1 else { throw ZeroMQError(code: .last, operation: "create eventfd") }
            readDescriptor = descriptor
            writeDescriptor = descriptor
        #endif
    }

    deinit {
        close(readDescriptor)
        if writeDescriptor != readDescriptor { close(writeDescriptor) }
    }

    /// Makes the descriptor readable, from any thread.
    package func signal() {
        var one: UInt64 = 1
        // EAGAIN means that it is full, hence readable already.
        while write(writeDescriptor, &one, MemoryLayout<UInt64>.size) == -1 && errno == EINTR {}
    }

    /// Makes the descriptor unreadable until the next signal.
    package func drain() {
        // Once for an eventfd; a pipe that holds more than one signal stays readable, and is drained next time.
        var count: UInt64 = 0
        while read(readDescriptor, &count, MemoryLayout<UInt64>.size) == -1 && errno == EINTR {}
    }
}
