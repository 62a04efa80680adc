import Metainfo

/// The program that hosts get: what it is told apart by, and what it is for.
package struct HostProgram: Sendable {
    package let path: String
    /// SHA-256 in hexadecimal.
    package let digest: String
    /// In bytes.
    package let size: UInt64

    /// - Throws: `LaunchError` where it cannot be read.
    package init(_ path: String) throws(LaunchError) {
        guard let digest = Digest256(hashingFile: path) else {
            throw LaunchError("cannot read the program \(path): \(FileProbe.lastError)")
        }
        self.path = path
        self.digest = digest.description
        size = FileProbe.size(path)
    }
}
