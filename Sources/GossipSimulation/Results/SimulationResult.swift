import GossipCore

/// What many runs came to: sums that do not depend on rounding, from which the figures are taken.
package struct SimulationResult: Equatable, Sendable {
    package let parameters: SimulationParameters
    /// Cycles of the runs that completed, in the order of the runs.
    package private(set) var cycles: [Cycle] = []
    package private(set) var runs = 0
    /// Over all runs.
    package private(set) var cycleCount = 0
    package private(set) var totals = MessageCounts()
    /// Chunks held after cycle 0, 1, …, summed over the runs.
    private var heldSums: [UInt64] = []
    /// Where each curve ends, in sums, so that a finished run stays in as it ended.
    private var finalSum: UInt64 = 0
    /// Of the event-driven runs that completed, from the first tick to the last peer's last chunk.
    private var seconds: [Double] = []
    /// Messages that the network lost, over all runs.
    private(set) var lost: UInt64 = 0
    /// Chunks that the seeds sent in the bulk exchange, over all runs.
    private(set) var servedBySeeds: UInt64 = 0
    private var trace = TraceHash()
    /// There where it was asked for.
    private var table: CycleTable?

    init(_ parameters: SimulationParameters, recordsCycles: Bool = false) {
        self.parameters = parameters
        table = recordsCycles ? CycleTable() : nil
    }

    mutating func add(_ outcome: RunOutcome) {
        runs += 1
        cycleCount += max(0, outcome.chunksHeld.count - 1)
        if let completed = outcome.cycles { cycles.append(completed) }
        totals += outcome.counts
        trace.mix(outcome.trace)
        table?.add(outcome)
        if let seconds = outcome.network?.seconds { self.seconds.append(seconds) }
        lost += outcome.network?.lost ?? 0
        servedBySeeds += outcome.network?.servedBySeeds ?? 0
        while heldSums.count < outcome.chunksHeld.count { heldSums.append(finalSum) }
        let last = outcome.chunksHeld.last ?? 0
        for index in heldSums.indices {
            heldSums[index] += index < outcome.chunksHeld.count ? outcome.chunksHeld[index] : last
        }
        finalSum += last
    }

    /// Mean over the runs of the average fraction after cycle 0, 1, … up to the longest run.
    package var curve: [Double] {
        let whole = Double(runs) * Double(parameters.peers) * Double(parameters.chunks)
        return heldSums.map { whole == 0 ? 1 : Double($0) / whole }
    }

    /// Each cycle over all runs, from 0 to the end of the longest; empty unless it was asked for.
    package var cycleRows: [CycleTable.Row] {
        table?.rows(whole: UInt64(parameters.peers) * UInt64(parameters.chunks)) ?? []
    }

    /// Of the runs that completed; nil where none did.
    package var cycleStatistics: Statistics? { Statistics(cycles.map { Double($0) }) }

    /// Of the event-driven runs that completed; nil where there is none.
    package var secondsStatistics: Statistics? { Statistics(seconds) }

    /// Of all runs' messages.
    package var traceHash: String {
        let digits = String(trace.value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
