#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The addresses of this machine.
enum LocalAddress {
    /// The address from which this machine would speak to `host`; the loopback address where it cannot be told.
    ///
    /// A datagram socket is connected, which chooses a route and sends nothing.
    static func facing(_ host: String) -> String {
        var hints = addrinfo()
        hints.ai_family = AF_INET
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        #else
            hints.ai_socktype = SOCK_DGRAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "9", &hints, &found) == 0, let address = found?.pointee else { return "127.0.0.1" }
        defer { freeaddrinfo(found) }
        let descriptor = socket(address.ai_family, address.ai_socktype, 0)
        guard descriptor >= 0 else { return "127.0.0.1" }
        defer { close(descriptor) }
        var own = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isKnown = withUnsafeMutablePointer(to: &own) { own in
            own.withMemoryRebound(to: sockaddr.self, capacity: 1) { own in
                connect(descriptor, address.ai_addr, address.ai_addrlen) == 0
                    && getsockname(descriptor, own, &size) == 0
            }
        }
        var text = [CChar](repeating: 0, count: Int(INET_ADDRSTRLEN))
        guard isKnown, inet_ntop(AF_INET, &own.sin_addr, &text, socklen_t(text.count)) != nil else {
            return "127.0.0.1"
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
