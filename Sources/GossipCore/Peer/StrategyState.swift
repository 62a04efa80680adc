/// What strategies that are not the classic ones must remember; nodes without any have none of it.
struct StrategyState: Equatable, Sendable {
    /// Who was pushed to and pulled from, where partners are the least recently contacted.
    var pushContacts = ContactRecord()
    var pullContacts = ContactRecord()
    /// There at a node that has coded packets to decode.
    var coding: CodedState?
}
