import GossipCore

/// What is counted in a run, over all nodes, or the mean of that over several runs.
package struct MessageMeans: Equatable, Sendable {
    package var sent: Double
    package var useful: Double
    package var redundant: Double
    package var missed: Double
    package var late: Double

    package init(
        sent: Double = 0, useful: Double = 0, redundant: Double = 0, missed: Double = 0, late: Double = 0
    ) {
        self.sent = sent
        self.useful = useful
        self.redundant = redundant
        self.missed = missed
        self.late = late
    }

    /// The share of the messages sent that brought someone a chunk he lacked; 0 where none were sent.
    package var efficiency: Double { sent > 0 ? useful / sent : 0 }

    /// The share of the chunks that came for nothing; 0 where none came.
    package var redundancy: Double { useful + redundant > 0 ? redundant / (useful + redundant) : 0 }

    /// The mean of several; nothing of none.
    package static func mean(of counts: [MessageMeans]) -> MessageMeans {
        counts.isEmpty ? MessageMeans() : counts.reduce(MessageMeans(), +) / Double(counts.count)
    }

    static func + (left: MessageMeans, right: MessageMeans) -> MessageMeans {
        MessageMeans(
            sent: left.sent + right.sent, useful: left.useful + right.useful,
            redundant: left.redundant + right.redundant, missed: left.missed + right.missed,
            late: left.late + right.late)
    }

    static func / (sum: MessageMeans, count: Double) -> MessageMeans {
        MessageMeans(
            sent: sum.sent / count, useful: sum.useful / count, redundant: sum.redundant / count,
            missed: sum.missed / count, late: sum.late / count)
    }

    static let header = "sent,useful,redundant,missed,late"

    /// The five numbers as a CSV file has them.
    var csv: String {
        [sent, useful, redundant, missed, late].map { NumberText.fixed($0, 4) }.joined(separator: ",")
    }
}
