#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that nobody but their owner may read.
enum SecretFile {
    /// Removes what `create` made, because what belongs with it could not be.
    static func remove(_ path: String) { unlink(path) }

    private static let sizeLimit = 4 << 10

    /// Writes a new file.
    /// - Parameter mode: who may read it; its owner alone unless told otherwise.
    /// - Throws: `NodeError` where it is there already: a key is never overwritten.
    static func create(_ text: String, at path: String, mode: mode_t = 0o600) throws(NodeError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw NodeError(.security, "\(path) is there already; choose another name, or remove it first")
            }
            throw StoredFile.failure("create", path)
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        // The umask can only take rights away, not the owner's own; a text of this size is written at once or not.
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let error = StoredFile.failure("write", path)
            unlink(path)
            throw error
        }
    }

    /// Reads a file that nobody but this user, and root, may read or write (`SecretOwnership`).
    /// - Throws: `NodeError` that says who else may, and what to do.
    static func read(_ path: String) throws(NodeError) -> [UInt8] {
        let (bytes, status) = try StoredFile(path: path, .reading).readAll(atMost: sizeLimit)
        let ownership = SecretOwnership(mode: UInt32(status.st_mode), owner: status.st_uid)
        if let fault = ownership.fault(for: geteuid()) { throw NodeError(.security, "\(path) \(fault)") }
        return bytes
    }
}
