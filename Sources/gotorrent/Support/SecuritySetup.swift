import GossipNode
import ZeroMQ

/// What a process of a secured swarm was given.
struct SecuritySetup: Sendable {
    let keys: CurveKeyPair
    /// Nil where the torrent's link tells it.
    let trackerKey: CurvePublicKey?
    let gate: AccessGate
    /// Where the gate's list came from; nil where it does not change.
    let file: AllowListFile?

    /// - Parameters:
    ///   - linkKey: the tracker's key, of the torrent's link; nil where it names none.
    ///   - what: the torrent, for messages.
    func swarm(linkKey: CurvePublicKey?, of what: String) throws(UsageError) -> SwarmSecurity {
        guard let key = trackerKey ?? linkKey else {
            throw UsageError(
                "\(what): a secured swarm's nodes must know the tracker's key; give it by --tracker-key, 64 hex digits")
        }
        return SwarmSecurity(keys: keys, trackerKey: key, gate: gate)
    }

    /// Of a tracker, and of nodes in its own process.
    var ofTracker: SwarmSecurity { SwarmSecurity(keys: keys, trackerKey: keys.publicKey, gate: gate) }
}
