#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Someone who connects and speaks no ZeroMQ.
enum Stranger {
    struct Failure: Error {
        let code = errno
    }

    static let greetings: [[UInt8]] = [
        [], [0], Array("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0xff, count: 4_096),
        // The greeting of ZMTP 3 with an unknown mechanism, and one that breaks off.
        [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0] + Array("MAGIC".utf8) + [UInt8](repeating: 0, count: 47),
        [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3],
    ]

    /// Connects to `tcp://127.0.0.1:PORT`, sends the bytes and goes away.
    static func send(_ bytes: [UInt8], to endpoint: String) throws {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw Failure() }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = (UInt16(endpoint.split(separator: ":").last ?? "") ?? 0).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Failure() }
        // The other side may have hung up by then, which must not end the process by SIGPIPE.
        #if canImport(Glibc)
            _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        #else
            _ = bytes.withUnsafeBytes { Darwin.send(descriptor, $0.baseAddress, $0.count, 0) }
        #endif
    }
}
