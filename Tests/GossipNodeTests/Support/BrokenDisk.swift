#if os(Linux)
    import Glibc

    /// Lets writing to a file that this process has open fail from now on.
    enum BrokenDisk: CaseIterable {
        /// There is no space left.
        case full
        /// Writing fails, but what was written can be synchronised.
        case readOnly

        struct NotOpen: Error {}

        func strike(_ path: String) throws {
            // /tmp may be a link.
            guard let real = realpath(path, nil) else { throw NotOpen() }
            defer { free(real) }
            let target = String(cString: real)
            let replacement = self == .full ? open("/dev/full", O_RDWR) : open(target, O_RDONLY)
            guard replacement >= 0 else { throw NotOpen() }
            defer { close(replacement) }
            let descriptor = (0..<Int32(4_096)).first { descriptor in
                guard descriptor != replacement else { return false }
                var name = [CChar](repeating: 0, count: 4_096)
                let size = readlink("/proc/self/fd/\(descriptor)", &name, name.count)
                return size == target.utf8.count && name.prefix(size).elementsEqual(target.utf8CString.dropLast())
            }
            guard let descriptor, dup2(replacement, descriptor) >= 0 else { throw NotOpen() }
        }
    }
#endif
