#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What this process has used so far.
package enum ProcessUsage {
    /// Of all cores, in user and system mode. By clock_gettime(2): of the `timeval` in what getrusage(2) gives, Swift 6.3
    /// on Linux sometimes finds the members missing (`MemberImportVisibility`).
    package static var processorSeconds: Double {
        var time = timespec()
        let result = clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        precondition(result == 0, "every supported system has CLOCK_PROCESS_CPUTIME_ID")
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most memory that this process has had at once.
    package static var peakMemoryBytes: UInt64 {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return UInt64(max(0, usage.ru_maxrss)) << 10
        #else
            getrusage(RUSAGE_SELF, &usage)
            return UInt64(max(0, usage.ru_maxrss))
        #endif
    }
}
