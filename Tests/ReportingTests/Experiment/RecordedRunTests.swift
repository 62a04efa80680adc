import Foundation
import GossipCore
import TestSupport
import Testing

@testable import Reporting

@Suite struct RecordedRunTests {
    @Test func aRunIsReadAsItWasWritten() throws {
        let run = SampleExperiment.run(3)
        #expect(run.number == 3)
        #expect(run.cycles == 3)
        #expect(run.isCompleted)
        #expect(run.rows.map(\.fraction) == [0, 0.333333, 0.666667, 1])
        #expect(run.messages == MessageMeans(sent: 60, useful: 24, redundant: 6, missed: 30))
    }

    @Test(arguments: [
        "", "cycle\n", CSVText.cyclesHeader, CSVText.cyclesHeader + "0,0,0,0,0\n",
        CSVText.cyclesHeader + "1,0,0,0,0,0,0,0\n", CSVText.cyclesHeader + "0,half,0,0,0,0,0,0\n",
        CSVText.cyclesHeader + "0,0,0,0,0,0,0,0\n2,0,0,0,0,0,0,0\n", CSVText.cyclesHeader + "0,nan,0,0,0,0,0,0\n",
    ])
    func whatIsNoRecordIsRefused(text: String) {
        #expect(RecordedRun(text, number: 1) == nil)
    }

    @Test func aRunThatLeftNothingIsNamed() throws {
        let folder = try TemporaryFolder()
        let directory = RunDirectory(path: folder.path)
        let error = #expect(throws: ReportingError.self) { try RecordedRun.read(directory, number: 1) }
        #expect(error?.message == "cannot read \(folder.path)/cycles.csv: No such file or directory")
        try folder.write("cycles.csv", "something else\n")
        let other = #expect(throws: ReportingError.self) { try RecordedRun.read(directory, number: 1) }
        #expect(other?.message == "\(folder.path)/cycles.csv is no record of cycles")
    }

    /// A finished run stays in as it ended, and sends nothing any more.
    @Test func theMeanGoesOnAsLongAsTheLongestRun() throws {
        let text = CSVText.cyclesHeader + "0,0,0,0,0,0,0,0\n1,1,5,4,4,0,0,0\n"
        let short = try #require(RecordedRun(text, number: 2))
        let mean = RecordedRun.mean(of: [SampleExperiment.run(1), short])
        #expect(mean.map(\.cycle) == [0, 1, 2, 3])
        #expect(mean.map(\.messages.sent) == [0, 7, 10, 15])
        #expect(mean.last?.fraction == 1)
        #expect(abs(mean[2].fraction - (0.666667 + 1) / 2) < 1e-12)
    }
}
