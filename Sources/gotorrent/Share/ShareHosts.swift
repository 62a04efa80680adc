import GossipNode
import Metainfo

/// The hosts of a share: the one that its ports are bound to, the one that others are told, and the one for itself.
struct ShareHosts: Sendable {
    private static let scheme = "tcp://"
    private static let everyAddress = ["*", "0.0.0.0", "[::]"]

    /// As it was given.
    let bindEndpoint: String
    /// `*` for every address of the machine.
    let bound: String
    let advertised: String
    let local: String

    /// - Parameters:
    ///   - bind: `tcp://HOST:PORT`, each of which may be `*`.
    ///   - advertise: the host that others are given; nil for the one that is bound, or that faces the network.
    /// - Throws: `UsageError` where one of them is no address.
    init(bind: String, advertise: String?) throws {
        let address = bind.dropFirst(Self.scheme.count)
        guard bind.hasPrefix(Self.scheme), let colon = address.lastIndex(of: ":") else {
            throw UsageError("--bind is \(bind); it must be tcp://HOST:PORT, or tcp://*:PORT for every address")
        }
        let host = String(address[..<colon])
        let isWild = Self.everyAddress.contains(host)
        bindEndpoint = bind
        bound = host
        local = isWild ? "127.0.0.1" : host
        advertised = advertise ?? (isWild ? OutwardAddress.current : host)
        // Before anything is bound: the ports are known later, the hosts are wrong or right now.
        for (option, value, host) in [("--bind", bind, local), ("--advertise", advertised, advertised)] {
            do throws(MetafileError) {
                _ = try TrackerURI("\(Self.scheme)\(host):1")
            } catch {
                throw UsageError("\(option) is \(value): \(error)")
            }
        }
    }
}
