import ArgumentParser
import GossipCore
import GossipSimulation
import ProgramSupport
import Topology

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Run the same protocol core with simulated nodes and time.",
        discussion: """
            Prints what came out as one JSON object. The same arguments give the same bytes, on every machine and on \
            any number of cores.

              gotorrent simulate --runs 10000 --style pull
              gotorrent simulate --peers 999999 --chunks 1 --fanout 1 --view full
              gotorrent simulate --peers 999 --chunks 1 --view small-world --degree 6 --rewire 0.05
              gotorrent simulate --peers 31 --chunks 256 --exchange bulk --slots 10 --fanout 4 --view full
              gotorrent simulate --runs 100 --cycle 100ms --loss 5% --delay 10ms

            Every message of a cycle arrives within it, unless an option describes the network (--loss, --delay, \
            --jitter, --duplication, --reordering, --uplink, --downlink, --slots, --cycle, --chunk-size): then each \
            message is an event of its own.

            A topology gives the values that no option gives.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case json
    }

    @Argument(help: "A topology file to take the swarm from.")
    var topology: String?

    @Option(help: "Nodes that start with nothing. (default: 5)")
    var peers: Int?

    @Option(help: "Nodes that start with the whole file. (default: 1)")
    var seeds: Int?

    @Option(help: "Chunks of the file. (default: 9)")
    var chunks: UInt32?

    @Option(help: "push, pull or push-pull: who moves a chunk. (default: push-pull)")
    var style: GossipStyle?

    @Option(help: "Partners drawn each cycle. (default: 2)")
    var fanout: Int?

    @Option(help: "single or bulk: one chunk a partner and cycle, or as many as the lines carry. (default: single)")
    var exchange: ExchangeMode?

    @Option(help: "Which missing chunk is pulled. (default: random; in bulk rarest-first)")
    var chunkSelection: ChunkSelection?

    @Option(help: "uniform or least-recently-contacted: which peers become partners. (default: uniform)")
    var peerChoice: PartnerChoice?

    @Option(
        help:
            "strict or relaxed: what becomes of a chunk that arrives after its cycle. (default: strict; in bulk relaxed)"
    )
    var separation: Separation?

    @OptionGroup(title: "Network") var network: NetworkOptions

    @OptionGroup var views: ViewOptions

    @Option(help: "Members in an answer to get_peers, for the view tracker. (default: 3)")
    var sampleSize: Int?

    @Option(help: "Independent runs.")
    var runs = 1

    @Option(help: "Seeds every draw of every run.")
    var seed: UInt64 = 0

    @Option(help: "Cycles after which a run is given up.")
    var cycleLimit: UInt64 = 100_000

    @Option(help: "Cores to use; the result does not depend on it. (default: all)")
    var workers: Int?

    @Flag(help: "Say on standard error what it took: time, memory, and the cost of a node and cycle.")
    var cost = false

    @Option(help: "json.")
    var format = Format.json

    func run() async throws {
        try await Failure.reported {
            let parameters = try parameters()
            try MemoryEstimate(parameters, workers: workerCount).check()
            let progress = SimulationProgress(parameters)
            let cost = SimulationCost()
            let result = Simulation(parameters, workers: workerCount).run { progress.show(runs: $0, cycle: $1) }
            progress.finish()
            if self.cost { Console.note(cost.text(result)) }
            switch format {
            case .json: Console.result(result.json)
            }
        }
    }

    private var workerCount: Int { max(1, workers ?? Machine.coreCount) }

    private func parameters() throws -> SimulationParameters {
        var parameters = SimulationParameters()
        var sampleSize = 3
        var standardNetwork = NetworkParameters()
        if let topology {
            let description = try TopologyParser.parse(path: topology)
            parameters = try SimulationParameters(description)
            sampleSize = description.tracker.sampleSize
            standardNetwork = NetworkParameters(description)
        }
        parameters.peers = peers ?? parameters.peers
        parameters.seeds = seeds ?? parameters.seeds
        parameters.chunks = chunks ?? parameters.chunks
        parameters.gossip.style = style ?? parameters.gossip.style
        if let exchange, exchange != parameters.gossip.exchange {
            parameters.gossip.exchange = exchange
            parameters.gossip.chunkSelection = exchange.usualSelection
            parameters.gossip.separation = exchange.usualSeparation
        }
        parameters.gossip.chunkSelection = chunkSelection ?? parameters.gossip.chunkSelection
        parameters.gossip.peerChoice = peerChoice ?? parameters.gossip.peerChoice
        parameters.gossip.separation = separation ?? parameters.gossip.separation
        // Beside a chunk of one byte, the messages around it would fill the lines.
        if topology == nil, parameters.gossip.exchange == .bulk { standardNetwork.chunkSize = 1 << 20 }
        parameters.network = try network.parameters(standardNetwork)
        parameters.runs = runs
        parameters.seed = seed
        parameters.cycleLimit = cycleLimit
        try check(parameters, fanout: fanout ?? parameters.gossip.fanout, sampleSize: self.sampleSize ?? sampleSize)
        parameters.gossip.fanout = fanout ?? parameters.gossip.fanout
        try views.checkUse(with: [views.chosen(parameters)])
        parameters.setView(
            try views.peerView(views.chosen(parameters), sampleSize: self.sampleSize ?? sampleSize),
            try views.sizes(parameters))
        try parameters.check()
        try NetworkCheck(parameters).check()
        return parameters
    }

    private func check(_ parameters: SimulationParameters, fanout: Int, sampleSize: Int) throws {
        func require(_ isRight: Bool, _ option: String, _ value: Int, _ advice: String) throws {
            if !isRight { throw UsageError("\(option) is \(value); it must be \(advice)") }
        }
        let nodeLimit = 1 << 30
        try require((1...nodeLimit).contains(parameters.peers), "--peers", parameters.peers, "from 1 to \(nodeLimit)")
        try require((1...nodeLimit).contains(parameters.seeds), "--seeds", parameters.seeds, "from 1 to \(nodeLimit)")
        try require(fanout >= 1, "--fanout", fanout, "at least 1")
        try require(parameters.runs >= 1, "--runs", parameters.runs, "at least 1")
        try require((1...10_000).contains(sampleSize), "--sample-size", sampleSize, "from 1 to 10000")
        try require(
            (1...(1 << 31)).contains(cycleLimit), "--cycle-limit", Int(clamping: cycleLimit), "from 1 to 2147483648")
        if let workers { try require(workers >= 1, "--workers", workers, "at least 1") }
    }
}
