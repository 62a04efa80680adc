import Metrics

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the process as a whole tells, by the names that all programs have in common.
enum ProcessMetrics {
    static let processorTime = MetricDescription(
        .counter, "process_cpu_seconds_total", "Processor time of the process, in user and system mode.")
    static let openDescriptors = MetricDescription(
        .gauge, "process_open_fds", "Descriptors that the process has open.")
    static let descriptorLimit = MetricDescription(
        .gauge, "process_max_fds", "Descriptors that the process may have open.")
    static let memory = MetricDescription(
        .gauge, "process_resident_memory_bytes", "Main memory that the process takes up.")

    static let scrapes = MetricDescription(
        .counter, "gotorrent_scrapes_total", labels: ["code"], "Requests for metrics by the code that answered them.")
    static let scrapeTime = MetricDescription(
        .counter, "gotorrent_scrape_seconds_total", "Time that was spent on collecting metrics before this answer.")
    static let banned = MetricDescription(
        .gauge, "gotorrent_banned_keys", "Keys that were banned for what they sent.")
    static let refusedHandshakes = MetricDescription(
        .counter, "gotorrent_refused_handshakes_total", "Handshakes of keys that may not connect.")

    /// What the system says; on macOS without memory and open descriptors, which it tells in other ways.
    static func collect(into set: inout MetricSet) {
        set.add(processorTime, ProcessUsage.processorSeconds)
        if let limit = DescriptorLimit.current { set.add(descriptorLimit, UInt64(limit.rlim_cur)) }
        #if os(Linux)
            if let memory = residentBytes { set.add(Self.memory, memory) }
            if let count = descriptorCount { set.add(openDescriptors, count) }
        #endif
    }

    #if os(Linux)
        /// The second number of the file is of pages that are in memory. Source: proc(5).
        private static var residentBytes: UInt64? {
            guard let file = fopen("/proc/self/statm", "r") else { return nil }
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 128)
            guard fgets(&line, Int32(line.count), file) != nil else { return nil }
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let words = text.split(separator: " ")
            guard words.count > 1, let pages = UInt64(words[1]) else { return nil }
            return pages * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
        }

        private static var descriptorCount: Int? {
            guard let folder = opendir("/proc/self/fd") else { return nil }
            defer { closedir(folder) }
            var count = 0
            while readdir(folder) != nil { count += 1 }
            // Without `.`, `..` and the descriptor of the look itself.
            return max(0, count - 3)
        }
    #endif
}
