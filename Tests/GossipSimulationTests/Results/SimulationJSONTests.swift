import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct SimulationJSONTests {
    @Test func keysAreTheDocumentedOnesInOrder() {
        let json = Simulation(classic(runs: 2), workers: 1).run().json
        let keys = [
            "peers", "chunks", "style", "fanout", "chunk_selection", "view", "runs", "seed", "completed_runs", "cycles",
            "mean", "stddev", "min", "p5", "p50", "p95", "max", "messages", "sent", "useful", "redundant", "missed",
            "curve", "trace_hash",
        ]
        var rest = json[...]
        for key in keys {
            guard let place = rest.range(of: "\"\(key)\": ") else {
                Issue.record("\(key) is missing or out of order")
                return
            }
            rest = rest[place.upperBound...]
        }
        #expect(!json.contains("\n"))
    }

    @Test func noRunCompletedMeansNoCycles() {
        var parameters = classic(.push)
        parameters.cycleLimit = 1
        let json = Simulation(parameters, workers: 1).run().json
        #expect(json.contains("\"completed_runs\": 0, \"cycles\": null"))
    }
}

extension Substring {
    /// The first place of a text; the standard library has none for strings.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            formIndex(after: &start)
        }
        return nil
    }
}
