/// What strategies that are not the classic ones must remember; nodes without any have none of it.
struct StrategyState: Equatable, Sendable {
    /// Who was pushed to and pulled from, where partners are the least recently contacted.
    var pushContacts = ContactRecord()
    var pullContacts = ContactRecord()
    /// There at a node that has coded packets to decode.
    var coding: CodedState?

    /// Forgets whom the node does not know any longer: who is in a record must be in the peer set.
    mutating func forget(_ peer: PeerID) {
        pushContacts.forget(peer)
        pullContacts.forget(peer)
    }
}
