import Foundation
import GossipCore
import TestSupport
import Testing

@testable import Reporting

@Suite struct ExperimentReportTests {
    @Test func everyNumberOfTheTablesIsThere() {
        let text = ExperimentReport(SampleExperiment.experiment()).text
        #expect(text.hasPrefix("# gotorrent: push, pull and push-pull\n"))
        #expect(text.contains("Fanout 2, random selection, 1 seed, 5 peers, 9 chunks, everyone knows everyone."))
        #expect(text.contains("100 simulated runs, drawn from seed 7, and 2 real runs over sockets at Δ = 100 ms"))
        #expect(text.contains("```sh\ngotorrent experiment --output x\n```"))
        #expect(text.contains("| push      | 100 simulated |       100 | 8.00 ± 2.00 |   5 to 11 |     4 |   13 |"))
        #expect(text.contains("| push-pull | 2 real        |         2 | 9.00 ± 2.00 |   6 to 12 |     5 |   14 |"))
        // 1 cycle more, of which the standard error is 2 √(1/2 + 1/100).
        #expect(text.contains("push +0.70, pull +0.70, push-pull +0.70"))
        #expect(text.contains("| pull      | simulated | 120.00 |  45.00 |     15.00 |  60.00 | 0.00 |      0.375 |"))
        #expect(!text.contains("Sweep"))
    }

    @Test func figuresAndFilesAreLinkedByTheNamesTheyHave() {
        let experiment = SampleExperiment.experiment(sweep: SampleExperiment.sweep("fanout", ["1", "2"]))
        let text = ExperimentReport(experiment).text
        for script in ExperimentFigures(experiment).scripts {
            #expect(text.contains("](\(script.name).png)](\(script.name).svg)"), "\(script.name)")
        }
        for file in ExperimentTables(experiment).files { #expect(text.contains("](\(file.name))"), "\(file.name)") }
    }

    @Test func withoutRealRunsNothingIsSaidOfThem() {
        let text = ExperimentReport(SampleExperiment.experiment(realRuns: 0)).text
        #expect(!text.contains("real"))
        #expect(!text.contains("sockets at"))
    }

    @Test func aSweepTellsWhichBoundsHold() {
        let sweep = SampleExperiment.sweep("chunks", ["1", "9"])
        let text = ExperimentReport(SampleExperiment.experiment(sweep: sweep)).text
        #expect(text.contains("## Sweep: chunks"))
        #expect(text.contains("| 1      | push  | 100 of 100 | 10.00 ± 2.00 |   7 to 13 |      0.250 |"))
        #expect(text.contains("Mundinger") && text.contains("Pittel") && text.contains("INTERLEAVE"))
        let point = Sweep.Point(
            value: "1", sample: SampleExperiment.sample(3), leastCycles: 1, rumourCycles: nil, interleaveCycles: nil)
        let bare = Sweep(
            parameter: "fanout", rest: "9 chunks", series: [Sweep.Series(name: "push", points: [point])])
        let other = ExperimentReport(SampleExperiment.experiment(sweep: bare)).text
        #expect(!other.contains("Pittel") && !other.contains("INTERLEAVE"))
    }

    @Test func tablesHoldOneRowEach() {
        let experiment = SampleExperiment.experiment(sweep: SampleExperiment.sweep("fanout", ["1", "2"]))
        let files = Dictionary(uniqueKeysWithValues: ExperimentTables(experiment).files.map { ($0.name, $0.text) })
        func lines(_ name: String) -> [Substring] { files[name]?.split(separator: "\n") ?? [] }
        #expect(lines("data/push-simulated.csv").count == 10)
        #expect(lines("data/push-real.csv").count == 1 + 2 * 4)
        #expect(lines("data/push-real-mean.csv").count == 5)
        #expect(lines("data/cycles.csv").count == 1 + 6)
        #expect(
            lines("data/messages.csv")[1]
                == "push,simulated,120.0000,45.0000,15.0000,60.0000,0.0000,0.375000,0.250000")
        #expect(
            lines("data/sweep-fanout-pull.csv").last
                == "2,100,100,11.0000,2.0000,7.0000,8.0000,11.0000,14.0000,16.0000,0.2500,0.3750,5,,30.2500")
        for text in files.values {
            let widths = Set(text.split(separator: "\n").map { $0.count { $0 == "," } })
            #expect(widths.count == 1, "\(text)")
        }
    }

    @Test func anExperimentTakesAnEmptyFolderOnly() throws {
        let folder = try TemporaryFolder()
        let directory = try ExperimentDirectory.create(at: folder.path + "/new/")
        #expect(directory.report == folder.path + "/new/report.md")
        #expect(directory.run(.pushPull, 3).path.hasSuffix("/new/runs/push-pull-03"))
        let error = #expect(throws: ReportingError.self) { try ExperimentDirectory.create(at: folder.path + "/new") }
        #expect(error?.code == .folderNotEmpty)
    }
}
