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
        return object(members + graphMembers + choiceMembers)
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

    private var cyclesText: String {
        guard let statistics = cycleStatistics else { return "null" }
        return object([
            ("mean", number(statistics.mean)), ("stddev", number(statistics.standardDeviation)),
            ("min", number(statistics.minimum)), ("p5", number(statistics.quantile(0.05))),
            ("p50", number(statistics.quantile(0.5))), ("p95", number(statistics.quantile(0.95))),
            ("max", number(statistics.maximum)),
        ])
    }

    private var messagesText: String {
        func mean(_ total: UInt64) -> String { number(Double(total) / Double(max(1, runs))) }
        return object([
            ("sent", mean(totals.sent)), ("useful", mean(totals.useful)), ("redundant", mean(totals.redundant)),
            ("missed", mean(totals.missed)),
        ])
    }

    private func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private func quoted(_ text: String) -> String { "\"\(text)\"" }

    private func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
    }
}
