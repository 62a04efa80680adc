import GossipNode

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Compares files byte for byte.
enum FileComparison {
    private static let portion = 1 << 20

    /// A file's size in bytes.
    static func size(of path: String) throws(NodeError) -> UInt64 {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path) }
        return UInt64(status.st_size)
    }

    /// The place of the first byte that differs, or at which one of the files ends; nil where they are the same.
    static func firstDifference(_ left: String, _ right: String) throws(NodeError) -> UInt64? {
        let leftFile = open(left, O_RDONLY | O_CLOEXEC)
        guard leftFile >= 0 else { throw failure(left) }
        defer { close(leftFile) }
        let rightFile = open(right, O_RDONLY | O_CLOEXEC)
        guard rightFile >= 0 else { throw failure(right) }
        defer { close(rightFile) }
        var leftBytes = [UInt8](repeating: 0, count: portion)
        var rightBytes = leftBytes
        var position: UInt64 = 0
        while true {
            let leftCount = try fill(&leftBytes, from: leftFile, left)
            let rightCount = try fill(&rightBytes, from: rightFile, right)
            let common = min(leftCount, rightCount)
            if memcmp(leftBytes, rightBytes, common) != 0 {
                let offset = (0..<common).first { leftBytes[$0] != rightBytes[$0] } ?? common
                return position + UInt64(offset)
            }
            if leftCount != rightCount { return position + UInt64(common) }
            if common == 0 { return nil }
            position += UInt64(common)
        }
    }

    /// Reads until the buffer is full or the file ends.
    private static func fill(_ buffer: inout [UInt8], from file: Int32, _ path: String) throws(NodeError) -> Int {
        var done = 0
        while done < portion {
            let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress! + done, portion - done) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    private static func failure(_ path: String) -> NodeError {
        NodeError(.storage, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
}
