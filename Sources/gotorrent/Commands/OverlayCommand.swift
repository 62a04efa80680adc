import ArgumentParser
import GossipCore
import GossipSimulation
import ProgramSupport

struct OverlayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overlay", abstract: "Simulate the overlay that shuffles make, and what it stands.",
        discussion: """
            Nodes know a few others, or all of them one; they shuffle, and the spread of their in-degrees is told after \
            each cycle. Then nodes may join through living ones, most may vanish at once, and the survivors spread a \
            torrent without a tracker.

              gotorrent overlay --nodes 10000 --cycles 100 --vanish 90%

            Prints one JSON object. The same arguments give the same bytes.
            """)

    enum Bootstrap: String, CaseIterable, ExpressibleByArgument {
        case sample, star
    }

    @Option(help: "Nodes at the start; the first is the torrent's seed.")
    var nodes = 10_000

    @Option(help: "Peers in a partial view.")
    var viewSize = ViewSizes.standard

    @Option(help: "Entries that a shuffle carries.")
    var shuffleLength = ViewSizes.standardShuffle

    @Option(help: "sample: every node knows a few others; star: all know one.")
    var bootstrap = Bootstrap.sample

    @Option(help: "Others that a node knows at the start, for the bootstrap sample.")
    var sampleSize = 3

    @Option(help: "Cycles of shuffles.")
    var cycles = 100

    @Option(help: "Nodes that join after these cycles, each through a living one.")
    var joiners = 0

    @Option(help: "Cycles of shuffles after they joined.")
    var cyclesAfterJoining = 30

    @Option(help: "The share of the nodes that vanish at once then, such as 90%.")
    var vanish: PercentageArgument?

    @Option(help: "Chunks of the torrent that the survivors spread.")
    var chunks: UInt32 = 9

    @OptionGroup var gossip: OverlayGossipOptions

    @Option(help: "Seeds every draw.")
    var seed: UInt64 = 0

    @Option(help: "Cores to use; the result does not depend on it. (default: all)")
    var workers: Int?

    func validate() throws {
        try ViewSizes.checked(view: viewSize, shuffle: shuffleLength)
        func require(_ isRight: Bool, _ option: String, _ value: Int, _ advice: String) throws {
            if !isRight { throw ValidationError("\(option) is \(value); it must be \(advice)") }
        }
        let nodeLimit = 1 << 24
        try require((3...nodeLimit).contains(nodes), "--nodes", nodes, "from 3 to \(nodeLimit)")
        try require((0...nodeLimit).contains(joiners), "--joiners", joiners, "from 0 to \(nodeLimit)")
        try require((1..<nodes).contains(sampleSize), "--sample-size", sampleSize, "from 1 to \(nodes - 1)")
        try require((0...1_000_000).contains(cycles), "--cycles", cycles, "from 0 to 1000000")
        try require(
            (0...1_000_000).contains(cyclesAfterJoining), "--cycles-after-joining", cyclesAfterJoining,
            "from 0 to 1000000")
        try require((1...65_535).contains(gossip.fanout), "--fanout", gossip.fanout, "from 1 to 65535")
        try require((1...1_000_000).contains(chunks), "--chunks", Int(chunks), "from 1 to 1000000")
        if let workers { try require(workers >= 1, "--workers", workers, "at least 1") }
    }

    func run() async throws {
        try await Failure.reported {
            Console.result(OverlayRun.result(of: parameters, workers: workers ?? Machine.coreCount).json)
        }
    }

    private var parameters: OverlayParameters {
        var parameters = OverlayParameters()
        parameters.nodes = nodes
        parameters.viewSize = UInt16(viewSize)
        parameters.shuffleLength = UInt16(shuffleLength)
        parameters.bootstrap = bootstrap == .star ? .star : .sample(sampleSize)
        parameters.cycles = cycles
        parameters.joiners = joiners
        parameters.cyclesAfterJoining = cyclesAfterJoining
        parameters.vanishingPermille = vanish?.permille ?? 0
        parameters.chunks = chunks
        parameters.gossip = GossipParameters(style: gossip.style, fanout: gossip.fanout)
        parameters.seed = seed
        return parameters
    }
}

/// How the survivors spread the torrent.
struct OverlayGossipOptions: ParsableArguments {
    @Option(help: "push, pull or push-pull: who moves a chunk.")
    var style = GossipStyle.pushPull

    @Option(help: "Partners drawn each cycle.")
    var fanout = 2
}

/// A share such as `90%` or `99.5%`, below the whole.
struct PercentageArgument: ExpressibleByArgument {
    let permille: Int

    init?(argument: String) {
        let digits = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
        guard let percent = Double(digits), percent >= 0, percent < 100 else { return nil }
        permille = Int((percent * 10).rounded())
    }
}
