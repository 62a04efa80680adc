import ZeroMQ

/// The live links of a socket that binds: from which hosts they are, and what they call themselves.
///
/// Beyond the limit one is to be cut, of the host that has most: so who makes many links keeps out himself, and others
/// only as far as they are behind the same address.
struct LinkTable {
    private struct Link {
        let address: LinkDescriptor.Address?
        /// Its place among all that were ever accepted.
        let number: UInt64
        var identity: [UInt8]?
    }

    let limit: Int
    private var links: [LinkDescriptor: Link] = [:]
    private var counts: [[UInt8]: Int] = [:]
    private var identities: [[UInt8]: LinkDescriptor] = [:]
    private var acceptedCount: UInt64 = 0
    /// Who spoke before the monitor told of the link.
    private var early: [LinkDescriptor: [UInt8]] = [:]

    /// - Parameter limit: links at once; at least 1.
    init(limit: Int) {
        precondition(limit > 0, "a socket that binds takes a link at least")
        self.limit = limit
    }

    var count: Int { links.count }
    var descriptors: some Sequence<LinkDescriptor> { links.keys }

    /// Notes a link.
    /// - Parameter address: its other end; nil where that is not known.
    /// - Returns: the link that is one too many; nil where there is room.
    mutating func accept(_ descriptor: LinkDescriptor, from address: LinkDescriptor.Address?) -> LinkDescriptor? {
        remove(descriptor)
        acceptedCount += 1
        links[descriptor] = Link(address: address, number: acceptedCount)
        counts[Self.host(address), default: 0] += 1
        if let identity = early.removeValue(forKey: descriptor) {
            identity.withUnsafeBytes { name(descriptor, $0) }
        }
        return links.count > limit ? excessLink(besides: address) : nil
    }

    /// The newest link of the host that has most; of the newcomer's where that has as many.
    private func excessLink(besides newcomer: LinkDescriptor.Address?) -> LinkDescriptor? {
        let own = Self.host(newcomer)
        let most = counts.values.max() ?? 0
        let host = counts[own] == most ? own : counts.first { $0.value == most }?.key
        return links.filter { Self.host($0.value.address) == host }.max { $0.value.number < $1.value.number }?.key
    }

    /// A link is lost; nothing happens where it was not known.
    mutating func remove(_ descriptor: LinkDescriptor) {
        guard let link = links.removeValue(forKey: descriptor) else { return }
        let host = Self.host(link.address)
        counts[host] = counts[host].flatMap { $0 > 1 ? $0 - 1 : nil }
        if let identity = link.identity, identities[identity] == descriptor { identities[identity] = nil }
    }

    /// A message came by a link with that routing id. Two links with one id are one to the socket: the later has it.
    mutating func name(_ descriptor: LinkDescriptor, _ identity: UnsafeRawBufferPointer) {
        guard let link = links[descriptor] else {
            if early.count >= limit { early.removeAll() }
            early[descriptor] = Array(identity)
            return
        }
        guard !(link.identity?.elementsEqual(identity) ?? false) else { return }
        if let old = link.identity, identities[old] == descriptor { identities[old] = nil }
        let identity = Array(identity)
        links[descriptor]?.identity = identity
        identities[identity] = descriptor
    }

    /// The link of that routing id, where it still leads to whom it led when it was accepted.
    func link(of identity: [UInt8]) -> LinkDescriptor? { identities[identity] }

    /// Where a link came from; nil where it is not known.
    func address(of descriptor: LinkDescriptor) -> LinkDescriptor.Address? { links[descriptor]?.address }

    private static func host(_ address: LinkDescriptor.Address?) -> [UInt8] { address?.host ?? [] }
}
