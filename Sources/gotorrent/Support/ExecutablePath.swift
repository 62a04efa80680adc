#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The path of the running program, for starting it again as a node.
enum ExecutablePath {
    static var current: String {
        #if os(Linux)
            return resolved("/proc/self/exe") ?? CommandLine.arguments[0]
        #else
            var size: UInt32 = 4_096
            var path = [CChar](repeating: 0, count: Int(size))
            guard _NSGetExecutablePath(&path, &size) == 0 else { return CommandLine.arguments[0] }
            return resolved(String(decoding: path.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
                ?? CommandLine.arguments[0]
        #endif
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
