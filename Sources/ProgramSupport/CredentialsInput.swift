import GossipNode

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the launcher writes to a node's standard input before it only holds it open.
package enum CredentialsInput {
    /// Reads up to the line that ends them, and no byte more than there is: the rest is `ParentWatch`'s.
    /// - Throws: `NodeError` where the input ends before.
    package static func read(from descriptor: Int32 = STDIN_FILENO) throws(NodeError) -> [UInt8] {
        let end = Array("\(NodeCredentials.end)\n".utf8)
        let newline = UInt8(ascii: "\n")
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let isWhole = bytes.suffix(end.count).elementsEqual(end) && bytes.dropLast(end.count).last == newline
            if isWhole { return bytes }
            guard bytes.count <= NodeCredentials.sizeLimit else {
                throw NodeError(.security, "standard input holds more than credentials may; is it the launcher's?")
            }
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw NodeError(
                    .security, "standard input ended before the credentials did; the launcher writes them there")
            }
            bytes += buffer.prefix(count)
        }
    }

    private static func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }
}
