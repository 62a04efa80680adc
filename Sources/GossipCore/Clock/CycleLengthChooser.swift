/// Chooses Δ for swarms that exchange in bulk, by what their nodes report that they send.
///
/// A cycle is to be long enough for an uplink to carry a handful of chunks, and no longer than that: with one chunk a
/// cycle partners change before they have exchanged anything, and simulated swarms take 16 % longer than the optimum in
/// place of 4 %; from two chunks to forty it makes next to no difference. So Δ is left alone within wide bounds, and goes
/// to one of a few lengths beyond them, only after two measurements in a row.
///
/// What nodes report is believed as far as it can do no harm: Δ stays within `lengths`, and memory and work are bounded.
public struct CycleLengthChooser<Node: Hashable & Sendable>: Equatable, Sendable {
    /// What Δ may become. Shorter than the first one it would cost more than it brings: every node reports every cycle.
    public static var lengths: [TimeSpan] { [100, 200, 500, 1_000, 2_000].map { .milliseconds($0) } }
    /// Chunks that the median uplink is to carry in a cycle, at least.
    private static var target: UInt64 { 8 }
    /// As long as it carries so many, Δ stays.
    private static var suitable: ClosedRange<UInt64> { 3...32 }
    /// Measurements in a row that must ask for a change.
    private static var neededAgreement: Int { 2 }
    /// Nodes that are measured at once; what others report is not looked at.
    private static var nodeLimit: Int { 256 }

    /// What one node reported since the measurement began.
    private struct Record: Equatable, Sendable {
        var first: (bytes: UInt64, at: TimePoint)
        var last: (bytes: UInt64, at: TimePoint)
        var chunkSize: UInt32

        /// What a chunk takes on its uplink; nil where it sent less than one.
        var chunkTime: UInt64? {
            let sent = last.bytes - first.bytes
            guard sent >= UInt64(chunkSize), chunkSize > 0 else { return nil }
            let product = last.at.since(first.at).nanoseconds.multipliedFullWidth(by: UInt64(chunkSize))
            return product.high < sent ? sent.dividingFullWidth(product).quotient : .max
        }

        static func == (left: Record, right: Record) -> Bool {
            left.first == right.first && left.last == right.last && left.chunkSize == right.chunkSize
        }
    }

    /// Δ as it is to be.
    public private(set) var interval: TimeSpan
    private var records: [Node: Record] = [:]
    private var measuringSince: TimePoint
    /// Whether a node reported that does not exchange in bulk: its cycles are not this one's to change.
    private var hasOthers = false
    private var agreement = 0

    /// - Parameters:
    ///   - start: Δ at first, above zero.
    ///   - now: when measuring begins.
    public init(start: TimeSpan, now: TimePoint) {
        precondition(start.nanoseconds > 0, "a cycle's length is above zero")
        interval = start
        measuringSince = now
    }

    /// How long a measurement takes: a few cycles, and chunks come in bursts.
    private var measuringTime: TimeSpan { max(.seconds(1), interval * 4) }

    /// A node reported what it sent since its start.
    /// - Parameters:
    ///   - node: who reports.
    ///   - chunkSize: bytes; nil at a node that does not exchange in bulk.
    ///   - bytesSent: chunk bytes.
    ///   - now: when the report came.
    public mutating func reportHeard(from node: Node, chunkSize: UInt32?, bytesSent: UInt64, at now: TimePoint) {
        guard let chunkSize else {
            hasOthers = true
            return
        }
        let point = (bytes: bytesSent, at: now)
        if let record = records[node], record.chunkSize == chunkSize, record.last.bytes <= bytesSent {
            records[node]?.last = point
        } else if records[node] != nil || records.count < Self.nodeLimit {
            records[node] = Record(first: point, last: point, chunkSize: chunkSize)
        }
    }

    /// A cycle begins.
    /// - Returns: its length, where it is another than before.
    public mutating func cycleBegan(at now: TimePoint) -> TimeSpan? {
        guard now.since(measuringSince) >= measuringTime else { return nil }
        defer { beginMeasuring(at: now) }
        guard !hasOthers, let chunkTime = medianChunkTime, !suits(chunkTime) else {
            agreement = 0
            return nil
        }
        agreement += 1
        guard agreement >= Self.neededAgreement else { return nil }
        agreement = 0
        let (needed, overflow) = chunkTime.multipliedReportingOverflow(by: Self.target)
        let wanted = TimeSpan(nanoseconds: overflow ? .max : needed)
        let choice = Self.lengths.first { $0 >= wanted } ?? Self.lengths[Self.lengths.count - 1]
        guard choice != interval else { return nil }
        interval = choice
        return choice
    }

    private func suits(_ chunkTime: UInt64) -> Bool {
        Self.suitable.contains(interval.nanoseconds / max(1, chunkTime))
    }

    /// Over the nodes that sent anything: the others' lines told nothing.
    private var medianChunkTime: UInt64? {
        let times = records.values.compactMap(\.chunkTime).sorted()
        return times.isEmpty ? nil : times[times.count / 2]
    }

    /// The last reports are the beginning of the next measurement; who said nothing is forgotten.
    private mutating func beginMeasuring(at now: TimePoint) {
        records = records.filter { $0.value.last.at > measuringSince }.mapValues {
            Record(first: $0.last, last: $0.last, chunkSize: $0.chunkSize)
        }
        measuringSince = now
        hasOthers = false
    }
}
