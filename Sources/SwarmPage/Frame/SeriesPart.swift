import GossipCore

/// The curves: a point for each `step` cycles, so that their number is bounded however long the swarm works.
package struct SeriesPart: Encodable, Equatable, Sendable {
    static let mostPoints = 240

    /// The last cycle of each point.
    package var cycles: [UInt64] = []
    /// The share of the file that the peers hold on average at that cycle's end, 0 to 1.
    package var average: [Double] = []
    package var complete: [Int64] = []
    /// Messages a cycle, on average over the point's cycles.
    package var useful: [Double] = []
    package var redundant: [Double] = []
    package var missed: [Double] = []
    package var late: [Double] = []

    package init() {}

    /// - Parameter last: the last cycle to show; what is newer is not told by everyone yet.
    init(_ series: CycleSeries, through last: Cycle) {
        let shown = series.buckets.prefix(last < series.first ? 0 : Int(last - series.first) + 1)
        let step = max(1, (shown.count + Self.mostPoints - 1) / Self.mostPoints)
        var sum = series.before
        var start = 0
        while start < shown.count {
            let end = min(start + step, shown.count)
            var point = CycleSeries.Bucket()
            for bucket in shown[start..<end] { point += bucket }
            sum += point
            add(point, sum, cycle: series.first + Cycle(end) - 1, count: end - start)
            start = end
        }
    }

    private mutating func add(_ point: CycleSeries.Bucket, _ sum: CycleSeries.Bucket, cycle: Cycle, count: Int) {
        cycles.append(cycle)
        let fraction = sum.wanted > 0 ? Double(max(0, sum.held)) / Double(sum.wanted) : 0
        average.append((fraction * 1e6).rounded(.down) / 1e6)
        complete.append(max(0, sum.complete))
        func mean(_ value: UInt64) -> Double { (Double(value) / Double(count) * 100).rounded() / 100 }
        useful.append(mean(point.messages.useful))
        redundant.append(mean(point.messages.redundant))
        missed.append(mean(point.messages.missed))
        late.append(mean(point.messages.late))
    }
}
