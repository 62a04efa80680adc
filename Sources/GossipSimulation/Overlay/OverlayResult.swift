import GossipCore

/// What became of an overlay.
package struct OverlayResult: Equatable, Sendable {
    /// After most nodes vanished at once.
    package struct Aftermath: Equatable, Sendable {
        package let survivors: Int
        /// Survivors in the largest cluster at that moment, and the number of clusters.
        package let largestCluster: Int
        package let clusters: Int
        /// The sizes of the clusters when the torrent was spread, largest first.
        package let clustersAtEnd: [Int]
        /// Survivors that have the whole torrent, the seed among them.
        package let complete: Int
        /// The cycle in which the last of them got it.
        package let cycles: Cycle

        package var largestClusterShare: Double { Double(largestCluster) / Double(survivors) }
        package var completeShare: Double { Double(complete) / Double(survivors) }
    }

    package let parameters: OverlayParameters
    /// At the start, and after each shuffle; joiners count from when they came.
    package var inDegrees: [DegreeSpread] = []
    /// Of those that joined, after each shuffle since then.
    package var joinersInDegrees: [DegreeSpread] = []
    /// How many nodes had each in-degree, from 0 on, before any vanished.
    package var histogram: [Int] = []
    /// Nil where none vanished.
    package var aftermath: Aftermath?
    package var trace: UInt64 = 0

    init(_ parameters: OverlayParameters) {
        self.parameters = parameters
    }

    /// One JSON object on one line.
    package var json: String {
        var members = [
            "\"nodes\": \(parameters.nodes)", "\"view_size\": \(parameters.viewSize)",
            "\"shuffle_length\": \(parameters.shuffleLength)", "\"bootstrap\": \"\(parameters.bootstrap.name)\"",
            "\"seed\": \(parameters.seed)", "\"in_degree\": \(Self.json(inDegrees))",
            "\"histogram\": [\(histogram.map { "\($0)" }.joined(separator: ", "))]",
        ]
        if parameters.joiners > 0 {
            members.append("\"joiners\": \(parameters.joiners)")
            members.append("\"joiners_in_degree\": \(Self.json(joinersInDegrees))")
        }
        if let aftermath { members.append("\"vanished\": \(Self.json(aftermath, parameters))") }
        let hex = String(trace, radix: 16)
        members.append("\"trace_hash\": \"\(String(repeating: "0", count: 16 - hex.count) + hex)\"")
        return "{" + members.joined(separator: ", ") + "}"
    }

    private static func json(_ spreads: [DegreeSpread]) -> String {
        let columns = [
            ("mean", spreads.map { rounded($0.mean) }), ("stddev", spreads.map { rounded($0.standardDeviation) }),
            ("min", spreads.map { "\($0.least)" }), ("max", spreads.map { "\($0.greatest)" }),
        ]
        return "{" + columns.map { "\"\($0)\": [\($1.joined(separator: ", "))]" }.joined(separator: ", ") + "}"
    }

    private static func json(_ aftermath: Aftermath, _ parameters: OverlayParameters) -> String {
        let members = [
            "\"share\": \(Double(parameters.vanishingPermille) / 1_000)", "\"survivors\": \(aftermath.survivors)",
            "\"clusters\": \(aftermath.clusters)", "\"largest_cluster\": \(aftermath.largestCluster)",
            "\"largest_cluster_share\": \(rounded(aftermath.largestClusterShare))",
            "\"clusters_at_end\": \(aftermath.clustersAtEnd.count)",
            "\"largest_cluster_at_end\": \(aftermath.clustersAtEnd.first ?? 0)",
            "\"chunks\": \(parameters.chunks)", "\"complete\": \(aftermath.complete)",
            "\"complete_share\": \(rounded(aftermath.completeShare))", "\"cycles\": \(aftermath.cycles)",
        ]
        return "{" + members.joined(separator: ", ") + "}"
    }

    private static func rounded(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
}
