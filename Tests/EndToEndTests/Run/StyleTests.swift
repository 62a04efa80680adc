import Foundation
import TestSupport
import Testing

/// The classic experiment, through real processes, with everything that it leaves behind.
@Suite struct StyleTests {
    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [
            ["push", "random"], ["pull", "random"], ["push-pull", "random"], ["pull", "rarest-first"],
            ["push-pull", "rarest-first"], ["push-pull", "coded"],
        ])
    func theClassicRunCompletesAndLeavesAFullRecord(rules: [String]) async throws {
        let folder = try TemporaryFolder()
        let output = folder.path("run")
        let ending = try await Turn.swarms.take {
            try await Program.gotorrent(
                "run", Repository.path("topology.yaml"), "--style", rules[0], "--chunk-selection", rules[1],
                "--cycle", "100ms", "--port", "0", "--stall-timeout", "300", "--output", output)
        }
        #expect(ending.code == 0, "\(ending.errors)")
        let record = try RunRecord(output)
        checkSummary(record.summary, rules)
        try checkCycles(record)
        try checkNodes(record)
        try checkLinks(record)
        try checkFiles(output)
        checkClosingTable(ending.output, record)
    }

    private func checkSummary(_ summary: RunRecord.Summary, _ rules: [String]) {
        #expect(summary.name == "gotorrent")
        #expect([summary.style, summary.chunkSelection] == rules)
        #expect(summary.fanout == 2 && summary.intervalMs == 100)
        #expect(summary.peers == 5 && summary.chunks == 9 && summary.fileBytes == 9)
        #expect(summary.completed)
        #expect(summary.messages.useful == 45)
        #expect(summary.messages.corrupt == 0)
        // Every chunk comes from the seed at least once.
        #expect(summary.seedCopies >= 1)
        #expect(summary.wallSeconds > 0)
        if rules[0] == "push" { #expect(summary.messages.missed == 0) }
    }

    private func checkCycles(_ record: RunRecord) throws {
        let header = try RunRecord.header(record.path + "/cycles.csv")
        #expect(header == "cycle,average_fraction,complete_peers,sent,useful,redundant,missed,late")
        let cycles = try #require(record.summary.cycles)
        #expect(record.cycles.map { $0["cycle"] } == (0...cycles).map { "\($0)" })
        let fractions = record.cycles.compactMap { Double($0["average_fraction"] ?? "") }
        #expect(fractions.count == record.cycles.count)
        #expect(fractions == fractions.sorted())
        #expect(fractions.first == 0 && fractions.last == 1)
        let complete = record.cycles.compactMap { Int($0["complete_peers"] ?? "") }
        #expect(complete.last == 5)
        // `cycles` is the first cycle at whose end every peer is complete, so no earlier one is.
        #expect(complete.dropLast().allSatisfy { $0 < 5 })
        let messages = record.summary.messages
        let totals = [
            ("sent", messages.sent), ("useful", messages.useful), ("redundant", messages.redundant),
            ("missed", messages.missed), ("late", messages.late),
        ]
        for (column, total) in totals {
            #expect(RunRecord.sum(column, of: record.cycles) == total, "\(column) in cycles.csv")
            #expect(RunRecord.sum(column, of: record.nodes) == total, "\(column) in nodes.csv")
        }
        // Each message sent is answered, arrives, or is lost with the run's end: none comes from nowhere.
        let arrived = messages.useful + messages.redundant + messages.missed + messages.late
        #expect(arrived <= messages.sent)
    }

    private func checkLinks(_ record: RunRecord) throws {
        #expect(try RunRecord.header(record.path + "/links.csv") == "cycle,from,to,messages")
        let names = Set(record.nodes.compactMap { $0["node"] })
        #expect(record.links.allSatisfy { names.contains($0["to"] ?? "") && $0["from"] != $0["to"] })
        // On a slow machine some of what was decided on does not go out before the cycle ends, or is dropped.
        for name in names {
            let sent = RunRecord.sum("sent", of: record.nodes.filter { $0["node"] == name })
            let links = RunRecord.sum("messages", of: record.links.filter { $0["from"] == name })
            #expect(links <= sent && Double(links) >= 0.8 * Double(sent), "\(name) sent \(sent)")
        }
    }

    private func checkNodes(_ record: RunRecord) throws {
        let header = try RunRecord.header(record.path + "/nodes.csv")
        #expect(header == "cycle,node,role,chunks_held,fraction,sent,useful,redundant,missed,late")
        let cycles = try #require(record.summary.cycles)
        #expect(record.nodes.count == (cycles + 1) * 6)
        for node in ["seed", "peer1", "peer2", "peer3", "peer4", "peer5"] {
            let rows = record.nodes.filter { $0["node"] == node }
            #expect(rows.map { $0["cycle"] } == (0...cycles).map { "\($0)" })
            let isSeed = node == "seed"
            #expect(rows.allSatisfy { $0["role"] == (isSeed ? "seed" : "peer") })
            #expect(rows.first?["chunks_held"] == (isSeed ? "9" : "0"))
            #expect(rows.last?["chunks_held"] == "9")
            #expect(rows.last.flatMap { Double($0["fraction"] ?? "") } == 1)
            #expect(RunRecord.sum("useful", of: rows) == (isSeed ? 0 : 9), "useful of \(node)")
        }
        for row in record.cycles {
            let rows = record.nodes.filter { $0["cycle"] == row["cycle"] }
            for column in ["sent", "useful", "redundant", "missed", "late"] {
                #expect(RunRecord.sum(column, of: rows) == Int(row[column] ?? ""))
            }
        }
    }

    private func checkFiles(_ output: String) throws {
        let source = try bytes(Repository.path("Samples/GOTORRENT.txt"))
        for number in 1...5 {
            #expect(try bytes("\(output)/data/peer\(number)/GOTORRENT.txt") == source)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(output)/data/peer\(number)").count == 1)
        }
        for node in ["tracker", "seed", "peer1", "peer2", "peer3", "peer4", "peer5"] {
            #expect(try !bytes("\(output)/logs/\(node).log").isEmpty)
        }
        for figure in ["progress", "messages"] {
            #expect(try bytes("\(output)/\(figure).png").starts(with: [0x89] + Array("PNG".utf8)))
            let drawing = String(decoding: try bytes("\(output)/\(figure).svg"), as: UTF8.self)
            #expect(drawing.contains("<svg") && drawing.contains("</svg>"))
        }
        let topology = String(decoding: try bytes("\(output)/topology.yaml"), as: UTF8.self)
        #expect(topology.contains("cycle: 100ms") && topology.contains("port: 0"))
    }

    /// Standard output is for programs: the closing table and nothing else.
    private func checkClosingTable(_ text: String, _ record: RunRecord) {
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("gotorrent: \(record.summary.style), fanout 2") == true, "\(text)")
        #expect(text.contains("5 peers after \(record.summary.cycles ?? 0) cycles"))
        #expect(lines.last?.hasSuffix(record.path) == true)
        #expect(!text.contains("\u{1B}"), "no colours where there is no terminal")
        #expect(lines.count <= 14, "\(text)")
    }
}
