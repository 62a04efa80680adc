import Crypto

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Digest256 {
    /// Hashes a whole file, a mebibyte at a time.
    /// - Returns: nil where it cannot be read; `errno` says why.
    package init?(hashingFile path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var function = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let capacity = buffer.count
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, capacity) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            buffer.withUnsafeBytes { function.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        self.init(function.finalize())
    }
}
