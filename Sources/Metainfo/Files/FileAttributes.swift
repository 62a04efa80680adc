#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What tells a changed file from an unchanged one, and a file from all else that has a path.
struct FileAttributes: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case file
        case folder
        case link
        /// A device, a pipe or a socket.
        case other
    }

    let kind: Kind
    let length: UInt64
    private let device: UInt64
    private let inode: UInt64
    let modifiedSeconds: Int
    private let modifiedNanoseconds: Int

    init(_ status: stat) {
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        length = UInt64(max(0, status.st_size))
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(status.st_ino)
        modifiedSeconds = modified.tv_sec
        modifiedNanoseconds = modified.tv_nsec
    }

    /// - Parameter isFollowed: whether a link stands for what it leads to.
    init(_ path: String, isFollowed: Bool) throws(MetafileError) {
        var status = stat()
        guard (isFollowed ? stat(path, &status) : lstat(path, &status)) == 0 else {
            throw InputFile.systemError(path, "open")
        }
        self.init(status)
    }
}
