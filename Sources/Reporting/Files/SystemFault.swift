#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An errno, and the calls of this target that yield one.
struct SystemFault: Equatable, Sendable {
    let code: Int32

    init(_ code: Int32) {
        self.code = code
    }

    var text: String { String(cString: strerror(code)) }

    /// Such as `cannot write runs/x/cycles.csv: No space left on device`.
    func error(_ what: String, _ path: String) -> ReportingError {
        ReportingError(.file, "\(what) \(path): \(text)")
    }

    /// Writes a whole text, however often the system takes only a part of it.
    ///
    /// - Returns: What kept it from being written, or nil.
    static func write(_ text: String, to descriptor: Int32) -> SystemFault? {
        var text = text
        return text.withUTF8 { bytes -> SystemFault? in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = systemWrite(descriptor, part.baseAddress, part.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN, waitUntilWritable(descriptor) {
                    continue
                } else if errno != EINTR {
                    return SystemFault(errno)
                }
            }
            return nil
        }
    }

    /// Waits a second at most; terminals that others have set to non-blocking are full now and then.
    private static func waitUntilWritable(_ descriptor: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let ready = poll(&request, 1, 1000)
        if ready == 0 { errno = EAGAIN }
        return ready > 0
    }

    private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, bytes, count)
        #elseif canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes, count)
        #endif
    }
}
