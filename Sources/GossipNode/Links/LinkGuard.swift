import Logging
import ZeroMQ

/// Bounds the links of a socket that binds, and cuts those that are not to stay.
///
/// libzmq takes as many links as the process may have descriptors, and has no call to end one. So its monitor tells which
/// there are, and those beyond the bound are shut down by their descriptor, a moment after they were accepted.
///
/// Belongs to its loop's thread, like the socket.
final class LinkGuard {
    /// Links that were cut and are named in the log; the others are not.
    private static let namedLimit = 100

    private var table: LinkTable
    private var monitor: SocketMonitor?
    private let log: Logger
    private let onLost: (LinkDescriptor) -> Void
    /// Links that were cut.
    private(set) var cutCount = 0

    var linkCount: Int { table.count }
    var links: some Sequence<LinkDescriptor> { table.descriptors }

    /// - Parameters:
    ///   - limit: links at once.
    ///   - onAccepted: called with each new link that stays, on the loop's thread.
    ///   - onLost: called with each link that is gone, likewise.
    init(
        _ socket: Socket, limit: Int, on loop: EventLoop, log: Logger,
        onAccepted: @escaping (SocketEvent) -> Void = { _ in }, onLost: @escaping (LinkDescriptor) -> Void = { _ in }
    ) throws(ZeroMQError) {
        table = LinkTable(limit: limit)
        self.log = log
        self.onLost = onLost
        monitor = try SocketMonitor(socket, kinds: [.accepted, .disconnected], on: loop) { [unowned self] event in
            note(event, onAccepted)
        }
    }

    private func note(_ event: SocketEvent, _ onAccepted: (SocketEvent) -> Void) {
        guard let link = event.linkDescriptor else { return }
        guard event.kind == .accepted else {
            table.remove(link)
            return onLost(link)
        }
        let excess = table.accept(link, from: link.address)
        if let excess { cut(excess, because: "there are \(table.limit) others") }
        if excess != link { onAccepted(event) }
    }

    /// A message came by a link.
    /// - Parameter identity: the routing id that a router knows the link by.
    func name(_ link: LinkDescriptor, _ identity: UnsafeRawBufferPointer) { table.name(link, identity) }

    /// Cuts the link of a routing id; false where it is not known.
    @discardableResult
    func cut(_ identity: [UInt8], because reason: String) -> Bool {
        guard let link = table.link(of: identity) else { return false }
        return cut(link, because: reason)
    }

    /// Cuts a link that is still the one that was accepted; false where it is gone, and its number may be another's.
    @discardableResult
    func cut(_ link: LinkDescriptor, because reason: String) -> Bool {
        guard let address = table.address(of: link), link.address == address else { return false }
        link.shutDown()
        cutCount += 1
        if cutCount <= Self.namedLimit {
            log.notice("link cut", metadata: ["from": "\(address)", "because": "\(reason)"])
        }
        return true
    }

    func stop() {
        monitor?.stop()
        monitor = nil
    }
}
