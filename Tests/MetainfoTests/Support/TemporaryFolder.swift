#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A folder with files in a folder of its own, removed with all that is in it when the value goes out of scope.
final class TemporaryFolder {
    private let parent: TemporaryFile
    let path: String

    /// - Parameter files: below the folder; folders on the way are made.
    init(_ files: [String: [UInt8]] = [:], name: String = "folder") {
        parent = TemporaryFile([])
        path = parent.folder + "/" + name
        precondition(mkdir(path, 0o700) == 0, "no folder")
        for (file, bytes) in files { write(bytes, to: file) }
    }

    deinit { Self.remove(path) }

    func write(_ bytes: [UInt8], to file: String) {
        var folder = path
        for component in file.split(separator: "/").dropLast() {
            folder += "/" + component
            mkdir(folder, 0o700)
        }
        write(bytes, toName: Array(file.utf8))
    }

    /// - Parameter name: any bytes.
    func write(_ bytes: [UInt8], toName name: [UInt8]) {
        let location = (Array((path + "/").utf8) + name + [0]).map { CChar(bitPattern: $0) }
        let file = open(location, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        precondition(Self.write(file, bytes) == bytes.count, "the temporary file was not written")
        close(file)
    }

    private static func write(_ file: CInt, _ bytes: [UInt8]) -> Int {
        #if canImport(Darwin)
            Darwin.write(file, bytes, bytes.count)
        #else
            Glibc.write(file, bytes, bytes.count)
        #endif
    }

    private static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, let stream = opendir(path) else {
            unlink(path)
            return
        }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { start in
                    names.append(Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1)))
                }
            }
        }
        closedir(stream)
        for name in names {
            let bytes = name.dropLast().map { UInt8(bitPattern: $0) }
            if bytes == [46] || bytes == [46, 46] { continue }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                unlink(path.utf8CString.dropLast() + [47] + name)
                continue
            }
            remove(path + "/" + text)
        }
        rmdir(path)
    }
}
