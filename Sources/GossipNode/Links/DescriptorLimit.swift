#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// How many descriptors the process may have, and so how many links.
package enum DescriptorLimit {
    /// Enough for any swarm, and few enough that libzmq's tables stay small.
    private static let most: UInt64 = 65_536
    /// Descriptors that are left for files, pipes and links of our own making.
    private static let reserve = 256
    /// What systems let a process have that say there is no limit, and then refuse what is asked for.
    private static let usualLimit = 10_240

    /// Takes as many as the system grants without being asked twice; call once, at the program's start.
    /// - Returns: how many there are now.
    @discardableResult
    package static func raise() -> Int {
        guard let limit = current else { return usualLimit }
        for wanted in [min(limit.rlim_max, rlim_t(most)), rlim_t(usualLimit)] where wanted > limit.rlim_cur {
            var raised = limit
            raised.rlim_cur = wanted
            if set(raised) { return Int(clamping: wanted) }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// Links that one of several sockets may have: its part of half of what the process may open, at most `most`.
    static func links(ofSockets count: Int, most: Int) -> Int {
        let open = current.map { Int(clamping: $0.rlim_cur) } ?? 1_024
        return min(most, max(16, (open - reserve) / 2 / max(1, count)))
    }

    static var current: rlimit? {
        var limit = rlimit()
        #if canImport(Darwin)
            return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit : nil
        #else
            return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
        #endif
    }

    private static func set(_ limit: rlimit) -> Bool {
        withUnsafePointer(to: limit) { limit in
            #if canImport(Darwin)
                return setrlimit(RLIMIT_NOFILE, limit) == 0
            #else
                return setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), limit) == 0
            #endif
        }
    }
}
