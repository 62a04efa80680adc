import GossipCore
import GossipWire
import Logging
import ZeroMQ

/// Keys, in a secured swarm: who is listened to, who is connected to, who is banned.
extension PeerShell {
    /// Whether a peer may be connected to: everyone in an open swarm, those with a listed key in a secured one.
    func admits(_ peer: PeerReference) -> Bool {
        guard let security = configuration.security else { return true }
        return peer.curveKey.map { security.gate.admits(peer: $0) } ?? false
    }

    /// Whether a message at the ROUTER is listened to.
    func admitsSender(of message: borrowing MultipartMessage) -> Bool {
        guard let security = configuration.security else { return true }
        return security.gate.admits(message.userID, to: .peer)
    }

    /// The key of the link that a message at the ROUTER came by; nil in an open swarm.
    func senderKey(of message: borrowing MultipartMessage) -> CurvePublicKey? {
        guard configuration.security != nil else { return nil }
        return message.userID.flatMap { CurvePublicKey(hex: $0) }
    }

    /// Whether a peer that a sender says it is can be that sender. In an open swarm that must be believed.
    func isSender(_ peer: PeerReference, of message: borrowing MultipartMessage) -> Bool {
        configuration.security == nil || peer.curveKey?.hex == message.userID
    }

    /// Bans who has sent too many wrong chunks, from this and every other torrent of the process.
    func noteWrongChunk(from key: CurvePublicKey) {
        guard let gate = configuration.security?.gate, gate.noteWrongChunk(from: key) else { return }
        noteBanned(key, for: ["wrong_chunks": "\(AccessGate.wrongChunkLimit)"])
    }

    /// Bans who has said of too many chunks that it holds them, and gave none. It came by our own link to that key, so that
    /// it is nobody else's word.
    func noteBrokenPromise(of key: CurvePublicKey) {
        guard let gate = configuration.security?.gate, gate.noteBrokenPromise(of: key) else { return }
        noteBanned(key, for: ["broken_promises": "\(AccessGate.brokenPromiseLimit)"])
    }

    private func noteBanned(_ key: CurvePublicKey, for reason: Logger.Metadata) {
        let name = configuration.security?.gate.name(of: key) ?? key.hex
        log.warning("banned", metadata: reason.merging(["peer": "\(name)", "key": "\(key.hex)"]) { $1 })
        dropLinksToThoseShutOut()
    }

    /// Whether a link may still be used: its peer may have been banned, or struck off the list, since it was made.
    func admits(_ link: PeerLink) -> Bool {
        guard let security = configuration.security else { return true }
        return link.key.map { security.gate.admits(peer: $0) } ?? false
    }

    /// Drops the links to those who are let in no longer: struck off the list, or banned, perhaps by another torrent of
    /// this process.
    func dropLinksToThoseShutOut() {
        guard configuration.security != nil else { return }
        let shutOut = links.values.filter { !admits($0) }.map(\.peer).sorted()
        for peer in shutOut {
            handle(.peerGone(peer))
            // The core has nothing dropped whom it does not know.
            forget(peer)
        }
    }
}
