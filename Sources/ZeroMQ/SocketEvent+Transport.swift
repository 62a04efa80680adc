#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension SocketEvent {
    /// Lets the system take no more of what is sent on an accepted link than the network is about to carry.
    ///
    /// The system's own buffer grows to megabytes a link, and what is in it is on its way for seconds on a slow line,
    /// though libzmq counts it as sent. libzmq has no option for it, but names the descriptor in its event
    /// (`TCP_NOTSENT_LOWAT`, Linux 3.12 and macOS).
    ///
    /// A link that is lost by the time of the call leaves its number to another descriptor. The option changes nothing
    /// on what is no TCP connection, and little on one that is.
    package func limitUnsent(bytes: Int32) {
        guard kind == .accepted, value >= 0 else { return }
        #if canImport(Darwin)
            let option: Int32 = 0x201
        #else
            let option: Int32 = 25
        #endif
        var bytes = bytes
        _ = setsockopt(value, Int32(IPPROTO_TCP), option, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
}
