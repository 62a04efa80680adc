import GossipCore

/// A partial view is what the peer set is; it keeps its bounds, and shuffles are as long as they may be.
struct ViewChecker {
    private let sampling: PeerSampling

    init(_ sampling: PeerSampling) {
        self.sampling = sampling
    }

    func check(_ handled: HandledEvent, peers: PeerSet, view: PartialView?, _ fail: NodeChecker.Fail) {
        guard case .cyclon(let viewSize, let length) = sampling else {
            if view != nil { fail(.views, "there is a view though nobody shuffles") }
            return
        }
        guard let view else {
            fail(.views, "there is no view")
            return
        }
        let known = view.entries.map(\.peer)
        if known.count > Int(viewSize) { fail(.views, "\(known.count) neighbours are in a view of \(viewSize)") }
        if Set(known).count != known.count { fail(.views, "a neighbour is in the view twice: \(known)") }
        // A simulated node's directory begins with itself.
        if known.contains(PeerID(0)) { fail(.views, "the node is in its own view") }
        if peers != PeerSet(known) { fail(.views, "the peer set is not the view") }
        for action in handled.actions { check(action, length: Int(length), fail) }
    }

    private func check(_ action: PeerAction, length: Int, _ fail: NodeChecker.Fail) {
        switch action {
        case .send(.shuffle(_, let entries), let peer):
            check(entries, length, fail)
            if entries.first != ViewEntry(PeerID(0)) { fail(.views, "a shuffle does not begin with its sender") }
            if entries.contains(where: { $0.peer == peer }) { fail(.views, "a shuffle names its receiver") }
        case .reply(.shuffle(_, let entries), _): check(entries, length, fail)
        case .send, .reply, .verifyChunk, .storeChunk, .reportCorruptChunk, .release, .startDigestWait, .dropLink,
            .forgetPeer, .seekPeers, .reportProgress, .reportCompletion, .storeCoded, .decode, .storeDecoded,
            .discardCoded, .reportCodedProgress, .ask, .answer, .forgetReceiver, .awaitCycleEnding:
            break
        }
    }

    private func check(_ entries: [ViewEntry], _ length: Int, _ fail: NodeChecker.Fail) {
        if entries.count > length { fail(.views, "\(entries.count) entries are in a shuffle of \(length)") }
        if Set(entries.map(\.peer)).count != entries.count { fail(.views, "a shuffle names a peer twice") }
    }
}
