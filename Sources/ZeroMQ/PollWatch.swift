#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Waits by poll(2), which every system has: each wait looks at every descriptor.
final class PollWatch: DescriptorWatch {
    private var items: [pollfd] = []
    private var keys: [Int] = []
    private var places: [Int32: Int] = [:]

    func set(_ descriptor: Int32, _ events: PollEvents, key: Int) {
        if let place = places[descriptor] {
            items[place].events = events.systemBits
            keys[place] = key
            return
        }
        places[descriptor] = items.count
        items.append(pollfd(fd: descriptor, events: events.systemBits, revents: 0))
        keys.append(key)
    }

    func remove(_ descriptor: Int32) {
        guard let place = places.removeValue(forKey: descriptor) else { return }
        items.swapAt(place, items.count - 1)
        keys.swapAt(place, keys.count - 1)
        items.removeLast()
        keys.removeLast()
        if place < items.count { places[items[place].fd] = place }
    }

    func wait(timeout: Int, _ found: (Int, PollEvents) -> Void) {
        // Interrupted by a signal, it has found nothing.
        guard poll(&items, nfds_t(items.count), Int32(timeout)) > 0 else { return }
        for place in items.indices where items[place].revents != 0 {
            found(keys[place], PollEvents(systemBits: items[place].revents))
        }
    }
}

extension PollEvents {
    /// As poll(2) has them, and epoll(7).
    var systemBits: Int16 {
        var bits: Int32 = 0
        if contains(.readable) { bits |= Int32(POLLIN) }
        if contains(.writable) { bits |= Int32(POLLOUT) }
        if contains(.priority) { bits |= Int32(POLLPRI) }
        return Int16(bits)
    }

    /// Whatever else the system tells, a hang-up too, is an error.
    init(systemBits: Int16) {
        self = []
        if systemBits & Int16(POLLIN) != 0 { insert(.readable) }
        if systemBits & Int16(POLLOUT) != 0 { insert(.writable) }
        if systemBits & Int16(POLLPRI) != 0 { insert(.priority) }
        if systemBits & ~Int16(POLLIN | POLLOUT | POLLPRI) != 0 { insert(.error) }
    }
}
