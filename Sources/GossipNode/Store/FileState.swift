#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which file or folder of this machine something is, whatever its name and its contents.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let number: UInt64
}

extension FileIdentity {
    init(_ status: stat) {
        self.init(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino))
    }

    /// What has that name; nil where nothing has.
    init?(path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

/// What tells a file that was changed or replaced from the one that was verified.
struct FileState: Equatable, Sendable {
    let identity: FileIdentity
    let size: UInt64
    /// Seconds and nanoseconds.
    private let modified: SIMD2<Int64>

    init(_ status: stat) {
        identity = FileIdentity(status)
        size = UInt64(max(0, status.st_size))
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        modified = withUnsafeBytes(of: time) { $0.loadUnaligned(as: SIMD2<Int64>.self) }
    }
}
