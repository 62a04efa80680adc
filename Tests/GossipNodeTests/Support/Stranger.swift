#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Someone who connects and speaks no ZeroMQ, or no more of it than he must.
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
        let descriptor = try connected(to: endpoint)
        defer { close(descriptor) }
        send(bytes, on: descriptor)
    }

    /// Subscribes like one of ZMTP 3.0, faster than libzmq would, and goes away once `body` has returned.
    /// - Parameter topics: of fewer than 2^16 - 1 bytes each.
    static func subscribe(to topics: [String], at endpoint: String, whileThere body: () -> Void) throws {
        let descriptor = try connected(to: endpoint)
        defer { close(descriptor) }
        let greeting: [UInt8] = [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0] + Array("NULL".utf8)
        let ready = [5] + Array("READY".utf8) + [11] + Array("Socket-Type".utf8) + [0, 0, 0, 3] + Array("SUB".utf8)
        send(greeting + [UInt8](repeating: 0, count: 64 - greeting.count), on: descriptor)
        send([4, UInt8(ready.count)] + ready, on: descriptor)
        // Until the other has said that it is ready, too, it takes nothing else.
        var answer = [UInt8](repeating: 0, count: 64 + 2 + ready.count)
        guard recv(descriptor, &answer, answer.count, Int32(MSG_WAITALL)) == answer.count else {
            throw Failure()
        }
        let subscriptions = topics.flatMap { topic in
            let size = UInt16(topic.utf8.count + 1)
            return [2, 0, 0, 0, 0, 0, 0, UInt8(size >> 8), UInt8(size & 0xff), 1] + Array(topic.utf8)
        }
        send(subscriptions, on: descriptor)
        body()
    }

    private static func connected(to endpoint: String) throws -> Int32 {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw Failure() }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = (UInt16(endpoint.split(separator: ":").last ?? "") ?? 0).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            let failure = Failure()
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    /// The other side may have hung up by then, which must not end the process by SIGPIPE.
    private static func send(_ bytes: [UInt8], on descriptor: Int32) {
        #if canImport(Glibc)
            _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        #else
            _ = bytes.withUnsafeBytes { Darwin.send(descriptor, $0.baseAddress, $0.count, 0) }
        #endif
    }
}
