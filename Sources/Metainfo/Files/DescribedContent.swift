#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A metafile together with what its files were when they were hashed, so that who serves them need not hash them again.
package struct DescribedContent: Sendable {
    /// A file is not taken for unchanged where it was written to less than this before it was hashed: file systems keep
    /// times in steps, of two seconds at the most (FAT), and what is written in the same step shows in none of them.
    private static let smallestAgeSeconds = 2

    package let metafile: Metafile
    private let files: [FileAttributes]
    /// Seconds since 1970.
    private let hashedSince: Int

    init(_ metafile: Metafile, _ files: [FileAttributes], hashedSince: Int) {
        precondition(files.count == metafile.files.count, "every file was hashed")
        self.metafile = metafile
        self.files = files
        self.hashedSince = hashedSince
    }

    /// Whether a file is known to hold what was hashed: it has the size, the time of its last change and the place on
    /// the disk that it had then, and was left alone long enough before that a later change would show.
    /// - Parameters:
    ///   - index: of the file in the metafile.
    ///   - status: of the file as it is open now.
    package func isUnchanged(_ index: Int, _ status: stat) -> Bool {
        guard files.indices.contains(index) else { return false }
        let before = files[index]
        return FileAttributes(status) == before && before.modifiedSeconds <= hashedSince - Self.smallestAgeSeconds
    }

    /// Now, in the seconds of files' times.
    static func now() -> Int { time(nil) }
}
