import GossipCore

/// What all nodes of one run counted in one cycle: small, as there is one for each cycle of each run.
package struct CycleMessages: Equatable, Sendable {
    package let sent: UInt32
    package let useful: UInt32
    package let redundant: UInt32
    package let missed: UInt32
    package let late: UInt32

    init(_ counts: MessageCounts) {
        sent = UInt32(clamping: counts.sent)
        useful = UInt32(clamping: counts.useful)
        redundant = UInt32(clamping: counts.redundant)
        missed = UInt32(clamping: counts.missed)
        late = UInt32(clamping: counts.late)
    }
}
