import Foundation
import GossipCore
import Testing

@testable import Reporting

@Suite struct RunSummaryTests {
    private var summary: RunSummary {
        var totals = RunTotals()
        totals.messages.sent = 120
        totals.messages.useful = 45
        totals.messages.redundant = 15
        totals.bytesSent = 60
        totals.bytesReceived = 60
        totals.seedBytesSent = 19
        return RunSummary(
            parameters: SampleSwarm(peers: 5, chunks: 9).parameters, isCompleted: true, cycles: 8, lastCycle: 9,
            completePeers: 5, totals: totals,
            wallSeconds: 9.1234567, startedAt: UTCTime(seconds: 1_795_262_733))
    }

    @Test func theFileHasTheNamedKeysFirstAndInOrder() {
        #expect(
            summary.json == """
                {
                  "name": "gotorrent",
                  "style": "push-pull",
                  "fanout": 2,
                  "chunk_selection": "random",
                  "interval_ms": 1000,
                  "peers": 5,
                  "chunks": 9,
                  "file_bytes": 9,
                  "completed": true,
                  "cycles": 8,
                  "messages": {
                    "sent": 120,
                    "useful": 45,
                    "redundant": 15,
                    "missed": 0,
                    "late": 0,
                    "corrupt": 0,
                    "late_kept": 0,
                    "early": 0,
                    "refused": 0,
                    "undelivered": 0,
                    "unanswered": 0,
                    "cancelled": 0
                  },
                  "seed_copies": 2.1111,
                  "wall_seconds": 9.123,
                  "last_cycle": 9,
                  "complete_peers": 5,
                  "seeds": 1,
                  "chunk_size": 1,
                  "separation": "strict",
                  "redundancy": 0.2500,
                  "bytes": {
                    "sent": 60,
                    "received": 60
                  },
                  "started_at": "2026-11-21T12:05:33Z",
                  "peer_choice": "uniform",
                  "exchange": "single"
                }

                """)
    }

    @Test func anyNameAndAnUnfinishedRunAreStillJSON() throws {
        var unfinished = summary
        unfinished.parameters.name = "q\"b\\n\n\u{1}é🐻"
        unfinished.isCompleted = false
        unfinished.cycles = nil
        unfinished.wallSeconds = .nan
        let parsed = try JSONSerialization.jsonObject(with: Data(unfinished.json.utf8)) as? [String: Any]
        #expect(parsed?["name"] as? String == "q\"b\\n\n\u{1}é🐻")
        #expect(parsed?["completed"] as? Bool == false)
        #expect(parsed?["cycles"] is NSNull)
        #expect(parsed?["wall_seconds"] is NSNull)
    }
}
