import GossipCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension MemberOrigin {
    /// The origin of a link from an IP address: the address of version 4, the first 64 bits of one of version 6, of which
    /// a machine has as many others as it likes. Unknown where there is none.
    init(address: String?) {
        guard let address else { self = .unknown; return }
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, address, &four) == 1 {
            self.init(rawValue: 1 << 32 | UInt64(UInt32(bigEndian: four.s_addr)))
        } else if inet_pton(AF_INET6, address, &six) == 1 {
            let prefix = withUnsafeBytes(of: &six) { $0.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
            // The loopback address begins with zeros.
            self.init(rawValue: max(1, prefix))
        } else {
            self = .unknown
        }
    }
}
