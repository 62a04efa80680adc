/// Files that are written in one go.
package enum WholeFile {
    /// Writes a file, or replaces it: under a temporary name first, so that nobody ever sees half of it.
    /// - Parameter isDurable: whether it must be on the disk before it gets its name.
    package static func write(_ bytes: [UInt8], to path: String, isDurable: Bool = false) throws(NodeError) {
        let temporaryPath = path + ".part"
        StoredFile.remove(temporaryPath)
        let file = try StoredFile(path: temporaryPath, .writing)
        var outcome: Result<Void, NodeError> = .success(())
        bytes.withUnsafeBytes { bytes in
            do throws(NodeError) {
                try file.write(bytes, at: 0)
                if isDurable { try file.synchronize() }
            } catch {
                outcome = .failure(error)
            }
        }
        do throws(NodeError) {
            try outcome.get()
            try StoredFile.rename(temporaryPath, to: path)
        } catch {
            StoredFile.remove(temporaryPath)
            throw error
        }
    }

    /// Reads a file; nil where there is none, or it is larger than it may be.
    package static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
        guard let file = try? StoredFile(path: path, .reading), let size = try? file.size, size <= UInt64(limit) else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        guard (try? bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }) == true else { return nil }
        return bytes
    }
}
