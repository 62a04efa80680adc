import FlyingSocks
import HTTPText
import SwarmPage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Serves the page: connections are bounded in number, and each in what it may send and how long it may take.
struct PageServer: Sendable {
    /// Connections at once; what comes beyond is closed unheard.
    private static let mostConnections = 64
    /// The system lends us no more descriptors for now, or the connection was gone before we took it.
    private static let pause = Duration.milliseconds(100)

    let source: any PageSource
    let access: PageAccess
    private let pool: any AsyncSocketPool
    private let socket: Socket

    /// Listens; nobody is answered before `run`.
    /// - Throws: `RunFault` with the system's reason.
    init(_ address: ListenAddress, source: any PageSource, access: PageAccess) throws(RunFault) {
        self.source = source
        self.access = access
        #if canImport(Darwin)
            pool = .kQueue()
        #else
            pool = .ePoll()
        #endif
        do {
            if address.isVersion6 {
                socket = try Self.listen(.inet6(ip6: address.host, port: address.port))
            } else {
                socket = try Self.listen(.inet(ip4: address.host, port: address.port))
            }
        } catch {
            var reason = "\(error)"
            if case .failed(_, _, let message) = error as? SocketError { reason = message }
            let advice = address.port == 0 ? "" : "; \(ListenAddress(host: address.host, port: 0)) takes any free port"
            throw RunFault("cannot serve the page at \(address): \(reason)\(advice)")
        }
    }

    private static func listen<Address: SocketAddress>(_ address: Address) throws -> Socket {
        let socket = try Socket(domain: Int32(Address.family))
        try socket.setValue(true, for: .localAddressReuse)
        #if canImport(Darwin)
            try socket.setValue(true, for: .noSIGPIPE)
        #endif
        try socket.bind(to: address)
        try socket.listen(maxPendingConnection: 64)
        return socket
    }

    /// Where it listens, the port that the system chose included.
    var port: UInt16 {
        switch try? socket.sockname() {
        case .ip4(_, let port), .ip6(_, let port): port
        case .unix, nil: 0
        }
    }

    /// Serves until the task is cancelled.
    func run() async throws {
        try await pool.prepare()
        let listener = try AsyncSocket(socket: socket, pool: pool)
        let connections = ConnectionCount(limit: Self.mostConnections)
        defer { try? socket.close() }
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await pool.run() }
            while true {
                let client: AsyncSocket
                do {
                    client = try await listener.accept()
                } catch {
                    try Task.checkCancellation()
                    try await Task.sleep(for: Self.pause)
                    continue
                }
                guard await connections.enter() else {
                    try? client.close()
                    continue
                }
                group.addTask {
                    await PageConnection(client, source: source, access: access).serve()
                    await connections.leave()
                }
            }
        }
    }

    private actor ConnectionCount {
        private let limit: Int
        private var count = 0

        init(limit: Int) {
            self.limit = limit
        }

        func enter() -> Bool {
            guard count < limit else { return false }
            count += 1
            return true
        }

        func leave() {
            count -= 1
        }
    }
}
