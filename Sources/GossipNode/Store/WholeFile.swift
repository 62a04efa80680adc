/// Files that are written in one go.
package enum WholeFile {
    /// Writes a file, or replaces it: under a temporary name first, so that nobody ever sees half of it.
    package static func write(_ bytes: [UInt8], to path: String) throws(NodeError) {
        let temporaryPath = path + ".part"
        StoredFile.remove(temporaryPath)
        let file = try StoredFile(path: temporaryPath, .writing)
        var outcome: Result<Void, NodeError> = .success(())
        bytes.withUnsafeBytes { bytes in
            do throws(NodeError) {
                try file.write(bytes, at: 0)
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
}
