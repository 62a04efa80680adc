import Foundation
import GossipCore
import TestSupport
import Testing

@testable import Reporting

@Suite struct ExperimentFiguresTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let graphs = ["tracker", "full", "ring", "grid", "random-regular", "small-world", "scale-free"]

    static let sweeps: [Sweep?] = [
        nil, SampleExperiment.sweep("fanout", ["1", "2", "3", "4", "5"]),
        SampleExperiment.sweep("peers", ["5", "10", "100", "1000"]), SampleExperiment.sweep("chunks", ["9"]),
        SampleExperiment.sweep("chunk-selection", ["random", "rarest-first"]),
        SampleExperiment.sweep("style", ["push", "pull", "push-pull"], series: ["all"]),
        SampleExperiment.sweep("view", graphs),
        SampleExperiment.sweep("loss", ["0", "2.5", "5", "20"], unit: "%"),
    ]

    @Test(
        .enabled(if: FiguresTests.hasGnuplot, "there is no gnuplot here"), arguments: [0, 1, 20],
        Array(sweeps.indices))
    func everyFigureIsDrawn(realRuns: Int, sweep: Int) async throws {
        let experiment = SampleExperiment.experiment(realRuns: realRuns, sweep: Self.sweeps[sweep])
        let directory = try ExperimentDirectory.create(at: folder.path + "/experiment")
        try directory.write(experiment)
        try await directory.drawFigures(experiment)
        for script in ExperimentFigures(experiment).scripts {
            let svg = try String(contentsOfFile: "\(directory.path)/\(script.name).svg", encoding: .utf8)
            #expect(svg.contains("</svg>") && svg.contains("<path"), "\(script.name)")
            let png = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/\(script.name).png")))
            #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(script.name)")
            #expect(png.count > 5_000, "\(script.name)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.report)).count > 2_000)
    }

    @Test func wordsThatWouldRunIntoOneAnotherSlant() {
        func script(_ values: [String]) -> String {
            SweepFigures(SampleExperiment.sweep("view", values)).scripts.map(\.text).joined()
        }
        #expect(script(Self.graphs).contains("rotate by 20 right ('tracker' 0, 'full' 1"))
        #expect(!script(["random", "rarest-first", "useful", "latest-useful", "in-order", "coded"]).contains("rotate"))
    }

    /// Where one word's cycles are twenty times another's, the smaller would lie on the axis.
    @Test func wordsThatAreDecadesApartHaveALogarithmicAxis() {
        func script(_ means: [Double]) -> String {
            let points = means.map { mean in
                Sweep.Point(
                    value: "m\(mean)", sample: SampleExperiment.sample(mean), leastCycles: nil, rumourCycles: nil,
                    interleaveCycles: nil)
            }
            let series = [Sweep.Series(name: "push", points: points)]
            return SweepFigures(Sweep(parameter: "view", rest: "", series: series)).scripts[0].text
        }
        #expect(script([10, 200]).contains("set logscale y"))
        #expect(!script([10, 190]).contains("set logscale y"))
    }

    @Test func withoutGnuplotTablesAndReportStay() async throws {
        let experiment = SampleExperiment.experiment()
        let directory = try ExperimentDirectory.create(at: folder.path + "/experiment")
        try directory.write(experiment)
        let error = await #expect(throws: ReportingError.self) {
            try await directory.drawFigures(experiment, gnuplot: "gnuplot-that-is-not-there")
        }
        #expect(error?.code == .gnuplotMissing)
        #expect(error?.message.contains("gnuplot push.gnuplot && gnuplot pull.gnuplot") == true)
        #expect(FileManager.default.fileExists(atPath: directory.report))
    }

    /// Nobody should look at the last cycles of the one run in a thousand that took longest.
    @Test func theAxisEndsWhereNearlyAllRunsHave() {
        #expect(SampleExperiment.outcome(.push, realRuns: 0).lastDrawnCycle == 8)
        var cycles = SampleExperiment.outcome(.push).simulatedCycles
        cycles += [StyleOutcome.SimulatedCycle](
            repeating: StyleOutcome.SimulatedCycle(mean: 1, p5: 1, p95: 1, messages: MessageMeans()), count: 30)
        let long = StyleOutcome(
            style: .push, simulated: SampleExperiment.sample(8), simulatedCycles: cycles, real: nil, realRuns: [])
        #expect(long.lastDrawnCycle == 9)
    }
}
