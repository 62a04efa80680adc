import ArgumentParser
import GossipCore
import ProgramSupport
import Reporting

struct ExperimentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment", abstract: "Compare push, pull and push-pull: real runs, simulated ones, figures.",
        discussion: """
            Runs a topology over sockets, several times a style, simulates it with the same parameters many times, and \
            leaves tables, figures and report.md, a page that shows them.

              gotorrent experiment topology.yaml --cycle 100ms --output results
              gotorrent experiment --sweep fanout=1..5 --output fanouts
              gotorrent experiment --peers 99 --sweep view=full,ring,random-regular --output graphs

            Without a topology all runs are simulated; those of the classic experiment, unless options say otherwise.

            --sweep varies one parameter, in simulated runs: fanout, peers, chunks, style, chunk-selection, view, \
            peer-choice, loss or delay. Values are listed or given as a range: peers=5,10,100, fanout=1..5, \
            loss=0,5%,10% or delay=0,20ms,100ms; loss and delay are of a simulated network with cycles of 1 s.
            """)

    @Argument(help: "A topology file to run and to take the swarm from.")
    var topology: String?

    @Option(name: [.short, .long], help: "The folder for what comes out; not there yet, or empty.")
    var output: String

    @Option(help: "Real runs a style. (default: 20 of a topology)")
    var runs: Int?

    @Option(help: "Simulated runs a style.")
    var simulatedRuns = 1_000

    @Option(help: "Δ of the real runs, such as 100ms.")
    var cycle: String?

    @Option(help: "Partners drawn each cycle.")
    var fanout: String?

    @Option(help: "random, rarest-first, useful, latest-useful, in-order or coded: which missing chunk is pulled.")
    var chunkSelection: String?

    @Option(help: "Nodes that start with nothing, where all runs are simulated. (default: 5)")
    var peers: Int?

    @Option(help: "Chunks of the file, where all runs are simulated. (default: 9)")
    var chunks: Int?

    @Option(help: "uniform or least-recently-contacted: which peers become partners.")
    var peerChoice: String?

    @OptionGroup(title: "Views, where all runs are simulated") var views: ViewOptions

    @Option(help: "A parameter to vary, and its values, such as fanout=1..5 or chunks=1,9,32.")
    var sweep: String?

    @Option(help: "Seeds every draw of the simulated runs.")
    var seed: UInt64 = 0

    @Option(help: "Cores to simulate on; the result does not depend on it. (default: all)")
    var workers: Int?

    @Flag(inversion: .prefixedNo, help: "Draw the figures, by gnuplot.")
    var figures = true

    func run() async throws {
        try await Failure.reported {
            let session = try ExperimentSession(ExperimentPlan(self), output: output, drawsFigures: figures)
            try await Interruption.stopping(
                onSignal: { _ in Console.note("gotorrent: interrupted; stopping") }, { try await session.run() })
        }
    }
}
