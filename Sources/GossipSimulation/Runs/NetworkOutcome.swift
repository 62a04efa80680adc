/// What only an event-driven run knows.
package struct NetworkOutcome: Equatable, Sendable {
    /// From the first tick until every peer held every chunk; nil where the run was given up.
    package let seconds: Double?
    /// Messages that the network lost.
    package let lost: UInt64
    /// Chunks that the seeds sent in the bulk exchange.
    package let servedBySeeds: UInt64
}
