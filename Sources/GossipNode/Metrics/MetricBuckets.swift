import Metrics

/// The buckets of the histograms, in seconds: fixed, so that nodes of every version can be added up.
enum MetricBuckets {
    /// From a chunk in one machine to one that waited for a slow line.
    static let latency = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// From the precision of a timer to several cycles.
    static let lateness = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
}
