#if os(Linux)
    import CZeroMQ
    import Glibc

    /// Waits by epoll(7), which costs as much as what is ready and not as what is waited for.
    final class EpollWatch: DescriptorWatch {
        /// Found by one wait; the next one finds the others.
        private static let capacity = 256

        private let set: Int32
        private var members: Set<Int32> = []
        private var keys = [UInt64](repeating: 0, count: EpollWatch.capacity)
        private var events = [UInt32](repeating: 0, count: EpollWatch.capacity)

        init() throws(ZeroMQError) {
            set = epoll_create1(Int32(EPOLL_CLOEXEC))
            guard set != -1 else { throw ZeroMQError(code: .last, operation: "make a set of descriptors") }
        }

        deinit { close(set) }

        func set(_ descriptor: Int32, _ events: PollEvents, key: Int) throws(ZeroMQError) {
            let operation = members.contains(descriptor) ? EPOLL_CTL_MOD : EPOLL_CTL_ADD
            let bits = UInt32(UInt16(bitPattern: events.systemBits))
            guard czeromq_epoll_control(set, operation, descriptor, bits, UInt64(key)) == 0 else {
                throw ZeroMQError(code: .last, operation: "wait for descriptor \(descriptor)")
            }
            members.insert(descriptor)
        }

        func remove(_ descriptor: Int32) {
            guard members.remove(descriptor) != nil else { return }
            _ = czeromq_epoll_control(set, EPOLL_CTL_DEL, descriptor, 0, 0)
        }

        func wait(timeout: Int, _ found: (Int, PollEvents) -> Void) {
            // Interrupted by a signal, it has found nothing.
            let count = czeromq_epoll_wait(set, &keys, &events, Int32(Self.capacity), Int32(timeout))
            for place in 0..<max(0, Int(count)) {
                found(Int(keys[place]), PollEvents(systemBits: Int16(truncatingIfNeeded: events[place])))
            }
        }
    }
#endif
