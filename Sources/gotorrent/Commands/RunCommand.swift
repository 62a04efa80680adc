import ArgumentParser
import GossipNode
import ProgramSupport
import Topology

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run everything in a topology file, and leave a record of it.",
        discussion: """
            Starts the tracker, the seeds and the peers, each a process of its own, on this machine or on the hosts that \
            the topology names, by ssh; shows the swarm while it works, and \
            ends when every peer holds a verified copy. What happened stays in the run directory: tables, figures, \
            logs, and what each peer downloaded.

            With --in-process there is one process for all: the same nodes with the same sockets, protocol, files and \
            logs, which cost a fraction of what processes do.

            Options replace the topology's values.
            """)

    @Argument(help: "The topology file.")
    var topology: String

    @Option(name: [.short, .long], help: "The run directory. (default: runs/NAME-STYLE-UTCTIME)")
    var output: String?

    @Option(help: "What the run is called.")
    var name: String?

    @Option(help: "push, pull or push-pull: who moves a chunk.")
    var style: String?

    @Option(help: "Partners drawn each cycle.")
    var fanout: String?

    @Option(help: "Δ, the length of a gossip cycle, such as 100ms.")
    var cycle: String?

    @Option(help: "random, rarest-first, useful, latest-useful, in-order or coded: which missing chunk is pulled.")
    var chunkSelection: String?

    @Option(help: "strict or relaxed: what becomes of a chunk that arrives after its cycle.")
    var separation: String?

    @Option(help: "uniform or least-recently-contacted: which peers become partners.")
    var peerChoice: String?

    @Option(help: "single or bulk: one chunk a partner and cycle, or as many as fit.")
    var exchange: String?

    @Option(help: "tracker or cyclon: whether peers are the tracker's answers or a view that shuffles renew.")
    var peerSampling: String?

    @Option(help: "none or curve: whether the swarm is closed to all but the run's own nodes, by keys made for it.")
    var security: String?

    @Option(
        help: ArgumentHelp(
            """
            Others who may take part in a secured run, with keys of their own: an allow-list, such as the KEYFILE.pub \
            that gotorrent keys new --role monitor makes. (default: nobody)
            """, valueName: "file"))
    var admit: String?

    @Option(help: "Bytes a chunk.")
    var chunkSize: String?

    @Option(help: "The tracker's port; 0 takes any free one.")
    var port: String?

    @Option(help: "Cycles in which no peer gets any chunk, after which the run is given up.")
    var stallTimeout: String?

    @Flag(inversion: .prefixedNo, help: "Draw the figures, by gnuplot.")
    var figures = true

    @Flag(help: "Record each node's events and decisions in traces/NODE.trace, for gotorrent replay.")
    var trace = false

    @Option(help: "text or json: how the nodes' logs in the run directory are written.")
    var logFormat = LogFormat.text

    @OptionGroup var web: WebOptions

    @Flag(help: "Begin with the clock held, for the page of --web to go on cycle by cycle.")
    var hold = false

    @Flag(
        help: """
            Run the tracker and all nodes in this process, on a few threads, in place of a process each: for swarms of \
            hundreds or thousands. Of open swarms on this machine.
            """)
    var inProcess = false

    @OptionGroup var hosts: HostOptions

    func validate() throws {
        if hold, web.address == nil {
            throw ValidationError("--hold needs --web: it is the page that lets the clock go on")
        }
        if web.address != nil, hosts.detach {
            throw ValidationError("--web shows a run as long as this program watches it; with --detach it does not")
        }
    }

    func run() async throws {
        try await Failure.reported {
            let description = try TopologyParser.parse(
                path: topology,
                overrides: TopologyOverrides(
                    name: name, chunkSize: chunkSize, style: style, fanout: fanout, cycle: cycle,
                    chunkSelection: chunkSelection, separation: separation, peerChoice: peerChoice,
                    peerSampling: peerSampling, exchange: exchange, security: security, port: port,
                    stallTimeout: stallTimeout))
            let session = try RunSession(
                description,
                RunSettings(
                    output: output, drawsFigures: figures, recordsTraces: trace, isInProcess: inProcess,
                    logFormat: logFormat,
                    admitted: try admit.map { path throws(NodeError) in
                        try AllowListFile(path: path, signer: nil).list
                    },
                    web: try web.program(), beginsHeld: hold, hosts: hosts))
            try await Interruption.stopping(
                onSignal: { _ in Console.note("gotorrent: interrupted; stopping every node") },
                { try await session.run() })
        }
    }
}
