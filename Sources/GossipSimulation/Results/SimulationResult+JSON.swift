import GossipCore

extension SimulationResult {
    /// One JSON object on one line, keys in the documented order.
    ///
    /// Numbers are written in the shortest form that reads back as the same number, which is the same on every machine.
    package var json: String {
        let gossip = parameters.gossip
        let members: [(String, String)] = [
            ("peers", "\(parameters.peers)"), ("chunks", "\(parameters.chunks)"),
            ("style", quoted(gossip.style.rawValue)),
            ("fanout", "\(gossip.fanout)"), ("chunk_selection", quoted(gossip.chunkSelection.rawValue)),
            ("view", quoted(parameters.view.name)), ("runs", "\(runs)"), ("seed", "\(parameters.seed)"),
            ("completed_runs", "\(cycles.count)"), ("cycles", cyclesText), ("messages", messagesText),
            ("curve", "[" + curve.map(number).joined(separator: ", ") + "]"), ("trace_hash", quoted(traceHash)),
            ("seeds", "\(parameters.seeds)"), ("separation", quoted(gossip.separation.rawValue)),
        ]
        return object(
            members + graphMembers + samplingMembers + choiceMembers + networkMembers + exchangeMembers)
    }

    /// What is told of a partial view.
    private var samplingMembers: [(String, String)] {
        guard case .cyclon(let viewSize, let shuffleLength) = parameters.gossip.peerSampling else { return [] }
        return [("view_size", "\(viewSize)"), ("shuffle_length", "\(shuffleLength)")]
    }

    /// What is told of a graph, after the keys of every view.
    private var graphMembers: [(String, String)] {
        guard case .graph(let model) = parameters.view else { return [] }
        let degree = [("degree", "\(model.degree)")]
        if case .smallWorld(_, let rewire) = model { return degree + [("rewire", number(rewire))] }
        return degree
    }

    /// Told where it is not the usual one, so that what was simulated before there was a choice gives the same bytes.
    private var choiceMembers: [(String, String)] {
        let choice = parameters.gossip.peerChoice
        return choice == .uniform ? [] : [("peer_choice", quoted(choice.rawValue))]
    }

    /// There where chunks were exchanged in bulk.
    private var exchangeMembers: [(String, String)] {
        guard parameters.gossip.exchange == .bulk else { return [] }
        let copies = parameters.chunks == 0 ? 0 : Double(servedBySeeds) / Double(runs) / Double(parameters.chunks)
        return [("exchange", quoted(parameters.gossip.exchange.rawValue)), ("seed_copies", number(copies))]
    }

    /// There where the network was simulated.
    private var networkMembers: [(String, String)] {
        guard let network = parameters.network else { return [] }
        let conditions = network.conditions
        func milliseconds(_ span: TimeSpan) -> String { number(Double(span.nanoseconds) / 1e6) }
        func share(_ permille: Int) -> String { number(Double(permille) / 1_000) }
        func rate(_ rate: UInt64?) -> String { rate.map { "\($0)" } ?? "null" }
        return [
            ("interval_ms", milliseconds(network.interval)), ("chunk_size", "\(network.chunkSize)"),
            (
                "network",
                object([
                    ("loss", share(conditions.lossPermille)), ("delay_ms", milliseconds(conditions.delay)),
                    ("jitter_ms", milliseconds(conditions.jitter)),
                    ("duplication", share(conditions.duplicationPermille)),
                    ("reordering", share(conditions.reorderingPermille)),
                    ("uplink_bytes_per_second", rate(network.pace.uplinkBytesPerSecond)),
                    ("downlink_bytes_per_second", rate(network.pace.downlinkBytesPerSecond)),
                    ("late", mean(totals.late)), ("late_kept", mean(totals.lateKept)), ("lost", mean(lost)),
                    ("undelivered", mean(totals.undelivered)), ("unanswered", mean(totals.unanswered)),
                ])
            ),
            ("seconds", text(of: secondsStatistics)),
        ]
    }

    private var cyclesText: String { text(of: cycleStatistics) }

    private func text(of statistics: Statistics?) -> String {
        guard let statistics else { return "null" }
        return object([
            ("mean", number(statistics.mean)), ("stddev", number(statistics.standardDeviation)),
            ("min", number(statistics.minimum)), ("p5", number(statistics.quantile(0.05))),
            ("p50", number(statistics.quantile(0.5))), ("p95", number(statistics.quantile(0.95))),
            ("max", number(statistics.maximum)),
        ])
    }

    private var messagesText: String {
        object([
            ("sent", mean(totals.sent)), ("useful", mean(totals.useful)), ("redundant", mean(totals.redundant)),
            ("missed", mean(totals.missed)),
        ])
    }

    /// A run's share of a sum over all.
    private func mean(_ total: UInt64) -> String { number(Double(total) / Double(max(1, runs))) }

    private func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private func quoted(_ text: String) -> String { "\"\(text)\"" }

    private func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
    }
}
