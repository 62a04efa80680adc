import Metrics
import ZeroMQ

/// Who has metrics to tell in this process: the tracker, each node. They are asked when somebody wants to know.
///
/// Sendable though it has mutable state: it belongs to its loop, and every call checks that it is made on its thread. So
/// what is asked, which lives on the same loop, is never touched from elsewhere.
package final class MetricsRegistry: @unchecked Sendable {
    typealias Source = (inout MetricSet) -> Void

    private let loop: EventLoop
    private var sources: [(number: Int, source: Source)] = []
    private var nextNumber = 0

    /// - Parameter loop: where all nodes are that tell of themselves here.
    package init(loop: EventLoop) {
        self.loop = loop
    }

    /// Asks a source from now on, until its number is given to `remove`.
    func add(_ source: @escaping Source) -> Int {
        loop.checkIsolated()
        defer { nextNumber += 1 }
        sources.append((nextNumber, source))
        return nextNumber
    }

    func remove(_ number: Int) {
        loop.checkIsolated()
        sources.removeAll { $0.number == number }
    }

    /// What all of them say now.
    func collect() -> MetricSet {
        loop.checkIsolated()
        var set = MetricSet()
        for (_, source) in sources { source(&set) }
        return set
    }
}
