#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The address at which other machines probably reach this one.
package enum OutwardAddress {
    /// An address of the documentation's (RFC 5737), which no network has: what leads to it is the default route.
    private static let somewhere = "192.0.2.1"
    private static let loopback = "127.0.0.1"
    /// IFF_UP and IFF_LOOPBACK, which Linux and macOS give other types in Swift, and these values alike.
    private static let isUp: UInt32 = 0x1
    private static let isLoopback: UInt32 = 0x8

    /// The IPv4 address that faces the default route; where there is no such route that of the first interface that is
    /// up, and loopback where there is none but it.
    package static var current: String {
        let facing = LocalAddress.facing(somewhere)
        return facing == loopback ? ofInterface() ?? loopback : facing
    }

    private static func ofInterface() -> String? {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return nil }
        defer { freeifaddrs(list) }
        var next = list
        while let entry = next?.pointee {
            next = entry.ifa_next
            let flags = UInt32(entry.ifa_flags)
            guard flags & isUp != 0, flags & isLoopback == 0,
                let address = entry.ifa_addr, address.pointee.sa_family == sa_family_t(AF_INET)
            else { continue }
            var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            guard getnameinfo(address, size, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST) == 0 else {
                continue
            }
            return String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return nil
    }
}
