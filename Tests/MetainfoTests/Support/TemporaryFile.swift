#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file in a folder of its own, removed with it when the value goes out of scope.
final class TemporaryFile {
    let folder: String
    let path: String

    /// - Parameter length: what the file is extended to with zeros, without writing them.
    init(_ bytes: [UInt8], name: String = "data.bin", length: Int? = nil) {
        var template = Array("/tmp/gotorrent-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "no temporary folder")
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = folder + "/" + name
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        precondition(write(file, bytes, bytes.count) == bytes.count, "the temporary file was not written")
        precondition(length.map { ftruncate(file, off_t($0)) == 0 } ?? true, "the temporary file was not extended")
        close(file)
    }

    deinit {
        unlink(path)
        rmdir(folder)
    }
}
