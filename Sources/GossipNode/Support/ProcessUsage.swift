#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What this process has used so far, by getrusage(2).
package enum ProcessUsage {
    /// Of all cores, in user and system mode.
    package static var processorSeconds: Double {
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        let usage = usage
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The most memory that this process has had at once.
    package static var peakMemoryBytes: UInt64 {
        #if os(Linux)
            UInt64(max(0, usage.ru_maxrss)) << 10
        #else
            UInt64(max(0, usage.ru_maxrss))
        #endif
    }

    private static var usage: rusage {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
            getrusage(RUSAGE_SELF, &usage)
        #endif
        return usage
    }
}
