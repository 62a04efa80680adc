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

    /// Takes as many as the system grants without being asked twice; call once, at the program's start.
    package static func raise() {
        guard var limit = current else { return }
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, rlim_t(most)))
        #if canImport(Darwin)
            _ = setrlimit(RLIMIT_NOFILE, &limit)
        #else
            _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #endif
    }

    /// Links that one of several sockets may have: its part of half of what the process may open, at most `most`.
    static func links(ofSockets count: Int, most: Int) -> Int {
        let open = current.map { Int(clamping: $0.rlim_cur) } ?? 1_024
        return min(most, max(16, (open - reserve) / 2 / max(1, count)))
    }

    private static var current: rlimit? {
        var limit = rlimit()
        #if canImport(Darwin)
            return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit : nil
        #else
            return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
        #endif
    }
}
