#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension StoredFile {
    /// All bytes of a small file, and what the system said of it.
    /// - Throws: `NodeError` also where it is larger than it may be.
    func readAll(atMost limit: Int) throws(NodeError) -> (bytes: [UInt8], status: stat) {
        let status = try status
        guard status.st_size <= limit else {
            throw NodeError(.storage, "\(path) has \(status.st_size) bytes; it must have at most \(limit)")
        }
        var bytes = [UInt8](repeating: 0, count: max(0, Int(status.st_size)))
        let outcome = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(NodeError) in try read(into: buffer, at: 0) }
        }
        guard try outcome.get() else { throw NodeError(.storage, "\(path) became shorter while it was read") }
        return (bytes, status)
    }
}
