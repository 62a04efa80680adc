import TestSupport

/// Bytes for large files, made quickly: no two blocks of 64 KiB are alike, and none begins with zeros.
enum LargeContent {
    private static let blockSize = 64 << 10

    static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        let block = (0..<blockSize / 8).map { _ in generator.next() | 1 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + blockSize)
        block.withUnsafeBytes { block in
            while bytes.count < count {
                withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
                bytes.append(contentsOf: block.dropFirst(8))
            }
        }
        return Array(bytes.prefix(count))
    }
}
