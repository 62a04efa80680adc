#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The descriptor under a link, as libzmq names it in events and messages. libzmq owns it, and closes it.
///
/// A link that is lost leaves its number to another descriptor: use one only of a link that is known to be there, and
/// compare its `address` where that matters.
public struct LinkDescriptor: Hashable, Sendable {
    public let number: Int32

    public init?(_ number: Int32) {
        guard number >= 0 else { return nil }
        self.number = number
    }

    /// The other end of a TCP connection; nil where it is none, or is connected no longer.
    public struct Address: Hashable, Sendable {
        /// The IP address, 4 or 16 bytes.
        public let host: [UInt8]
        public let port: UInt16

        public init(host: [UInt8], port: UInt16) {
            self.host = host
            self.port = port
        }
    }

    public var address: Address? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getpeername(number, address, &size) == 0 ? Self.address(UnsafeRawPointer(address), size) : nil
            }
        }
    }

    private static func address(_ bytes: UnsafeRawPointer, _ size: socklen_t) -> Address? {
        let family = bytes.load(as: sockaddr.self).sa_family
        if Int32(family) == AF_INET, Int(size) >= MemoryLayout<sockaddr_in>.size {
            var address = bytes.load(as: sockaddr_in.self)
            return Address(
                host: withUnsafeBytes(of: &address.sin_addr) { Array($0) }, port: UInt16(bigEndian: address.sin_port))
        }
        if Int32(family) == AF_INET6, Int(size) >= MemoryLayout<sockaddr_in6>.size {
            var address = bytes.load(as: sockaddr_in6.self)
            return Address(
                host: withUnsafeBytes(of: &address.sin6_addr) { Array($0) }, port: UInt16(bigEndian: address.sin6_port))
        }
        return nil
    }

    /// Whether the system holds bytes for the other end that the line, or the other end, does not take yet; bytes that
    /// are under way do not count (Linux; elsewhere they do). False on what is no connection.
    package var isBehind: Bool {
        var bytes: Int32 = 0
        #if canImport(Darwin)
            var size = socklen_t(MemoryLayout<Int32>.size)
            return getsockopt(number, SOL_SOCKET, SO_NWRITE, &bytes, &size) == 0 && bytes > 0
        #else
            // SIOCOUTQNSD of linux/sockios.h, which Swift's Glibc module leaves out.
            return ioctl(number, 0x894B, &bytes) == 0 && bytes > 0
        #endif
    }

    /// Ends the connection: libzmq notices, drops what is queued for it, and closes the descriptor.
    ///
    /// libzmq 4.3.4 has no call for it, short of drafts. On what is no socket it does nothing.
    public func shutDown() { _ = shutdown(number, Int32(SHUT_RDWR)) }
}
