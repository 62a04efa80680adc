import ArgumentParser
import GossipCore
import GossipNode
import Metainfo
import ProgramSupport

struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Fetch torrents, verify them, and keep serving them for a while.",
        discussion: """
            Run again after an interruption, it keeps what is valid and fetches the rest. With a link the metafile comes \
            from the tracker, is checked against the link's info hash, and stays in the output folder as a hidden file, \
            so that the same command goes on when the tracker is away.

            Several torrents are fetched at once by one process, which shares its limits among them. One that fails does \
            not stop the others; the exit code tells in the end.
            """)

    @Argument(
        help: """
            The metafiles, as `gotorrent create` writes them, or links: tcp://HOST:PORT/INFOHASH, as `gotorrent share` \
            prints it, or a magnet link in quotes.
            """)
    var metafiles: [String]

    @Option(name: [.short, .long], help: "The folder to download to; created where it is not there.")
    var output: String

    @Option(help: "How long to serve on once the file is complete: a duration, or forever.")
    var stay = StayArgument.span(.seconds(30))

    @OptionGroup var selection: SelectionOptions

    @Option(
        help: """
            always, never or auto: whether, with a link, only the info dictionary comes from the tracker, and a proof \
            with each chunk; auto where the hashes of all chunks are more than 1 MiB.
            """)
    var proofs = ProofUse.auto

    @Flag(
        help: """
            Fetch and change nothing: hash what is in the output folder, and say what is whole, missing or damaged. \
            Exit code 0 only if everything is whole.
            """)
    var verifyOnly = false

    @OptionGroup var gossip: GossipOptions
    @OptionGroup var node: NodeOptions
    @OptionGroup var security: SecurityOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var metrics: MetricsOptions
    @OptionGroup var logging: LogOptions

    func validate() throws {
        try node.validate(torrentCount: metafiles.count)
        if proofs == .always, let fault = gossip.proofFault {
            throw ValidationError("--proofs always: \(fault) with --proofs never")
        }
        try security.validate(.node)
    }

    func run() async throws {
        try await Failure.reported(as: logging.logFormat) {
            let display = logging.display(node.name ?? "get", progress)
            let transfers = try PeerTransfer.all(metafiles, dataPaths: [output], node)
            if verifyOnly {
                try await VerifySession(
                    transfers: transfers, folder: output, selection: selection.selection, display: display,
                    security: security
                ).run()
                return
            }
            let runner = PeerRunner(
                transfers: transfers, outputFolder: output, proofs: gossip.proofFault == nil ? proofs : .never,
                display: display,
                log: logging.logger(node.name ?? "get", display), stopWithParent: node.stopWithParent,
                security: security, metrics: metrics)
            let outcomes = try await runner.run { [gossip, node, stay, selection] metafile, share in
                let parameters = try gossip.parameters(
                    chunkSize: metafile.layout.chunkSize, joinsByContact: !node.contact.isEmpty)
                var configuration = node.configuration(
                    role: .peer, metafile: metafile, gossip: parameters, stay: stay.span, share: share)
                configuration.wantedFiles = try selection.selection.files(of: metafile)
                return configuration
            }
            // For programs the last lines of JSON have said it.
            if !progress.json { for metafile in outcomes.metafiles { Console.result("\(output)/\(metafile.name)") } }
            try outcomes.check()
        }
    }
}
