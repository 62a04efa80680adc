import ArgumentParser
import GossipWire

/// Where a peer listens: `tcp://HOST:PORT`.
struct PeerReferenceArgument: ExpressibleByArgument {
    let reference: PeerReference

    init?(argument: String) {
        guard let reference = PeerReference(argument) else { return nil }
        self.reference = reference
    }
}
