import ArgumentParser
import GossipCore
import GossipNode
import Metainfo

struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Serve complete copies of torrents until interrupted.",
        discussion: """
            Several torrents are served by one process, which shares its limits among them. One that fails does not stop \
            the others; the exit code tells in the end.
            """)

    @Argument(
        help: """
            The metafiles, as `gotorrent create` writes them, or links: tcp://HOST:PORT/INFOHASH, or a magnet link in \
            quotes.
            """)
    var metafiles: [String]

    @Option(
        help: "The complete file, or the folder that holds it; one for all torrents, or given once for each in order.")
    var data: [String]

    @OptionGroup var gossip: GossipOptions
    @OptionGroup var node: NodeOptions
    @OptionGroup var security: SecurityOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var metrics: MetricsOptions
    @OptionGroup var logging: LogOptions

    func validate() throws {
        try node.validate(torrentCount: metafiles.count)
        try security.validate(.node)
        guard data.count == 1 || data.count == metafiles.count else {
            throw ValidationError(
                "--data is given \(data.count) times for \(metafiles.count) torrents; give it once, with the folder that "
                    + "holds them all, or once for each")
        }
    }

    func run() async throws {
        try await Failure.reported(as: logging.logFormat) {
            let display = logging.display(node.name ?? "seed", progress)
            let runner = PeerRunner(
                transfers: try PeerTransfer.all(metafiles, dataPaths: data, node), outputFolder: nil, display: display,
                log: logging.logger(node.name ?? "seed", display), stopWithParent: node.stopWithParent,
                security: security, metrics: metrics)
            let outcomes = try await runner.run { [gossip, node] metafile, share in
                let parameters = try gossip.parameters(
                    chunkSize: metafile.layout.chunkSize, joinsByContact: !node.contact.isEmpty)
                return node.configuration(role: .seed, metafile: metafile, gossip: parameters, stay: nil, share: share)
            }
            try outcomes.check()
        }
    }
}
