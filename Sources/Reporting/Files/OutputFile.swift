#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A new file that is written from beginning to end.
///
/// Nothing is held back: what was appended is in the file, also when the run is killed.
package struct OutputFile: ~Copyable {
    package let path: String
    private let descriptor: Int32

    /// - Throws: `ReportingError` where the file is there already or cannot be made.
    package init(path: String) throws(ReportingError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemFault(errno).error("cannot create", path) }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// - Throws: `ReportingError` naming the file, such as when the disk is full.
    package borrowing func append(_ text: String) throws(ReportingError) {
        let fault = SystemFault.write(text, to: descriptor)
        if let fault { throw fault.error("cannot write", path) }
    }

    /// A whole file at once.
    package static func write(_ text: String, to path: String) throws(ReportingError) {
        try OutputFile(path: path).append(text)
    }
}
