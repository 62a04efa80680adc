import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A port that somebody else listens at while the value lives; the one below it is free.
///
/// It is none that the system gives to those who ask for any: of those a neighbour may be taken at any moment.
final class TakenPort: Sendable {
    let number: UInt16
    private let descriptor: Int32

    init() throws {
        for number in (UInt16(20_000)..<30_000).shuffled() {
            guard let below = Self.listen(at: number - 1) else { continue }
            close(below)
            guard let descriptor = Self.listen(at: number) else { continue }
            self.number = number
            self.descriptor = descriptor
            return
        }
        throw NoneLeft()
    }

    deinit { close(descriptor) }

    private struct NoneLeft: Error {}

    /// The descriptor of a listening socket; nil where the port is taken.
    private static func listen(at port: UInt16) -> Int32? {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = port.bigEndian
        let isListening = withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isListening, Self.listen(descriptor) else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func listen(_ descriptor: Int32) -> Bool {
        #if canImport(Glibc)
            Glibc.listen(descriptor, 1) == 0
        #else
            Darwin.listen(descriptor, 1) == 0
        #endif
    }
}
