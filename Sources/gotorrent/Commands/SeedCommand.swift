import ArgumentParser
import GossipCore
import GossipNode
import Metainfo

struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Serve a complete copy of a torrent until interrupted.")

    @Argument(
        help: """
            The metafile, as `gotorrent create` writes it, or a link: tcp://HOST:PORT/INFOHASH, or a magnet link in \
            quotes.
            """)
    var metafile: String

    @Option(help: "The complete file, or the folder that holds it.")
    var data: String

    @OptionGroup var gossip: GossipOptions
    @OptionGroup var node: NodeOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var logging: LogOptions

    func run() async throws {
        try await Failure.reported {
            let display = ProgressDisplay(progress.mode)
            let runner = PeerRunner(
                torrent: try TorrentArgument(metafile, tracker: node.tracker), dataPath: data, metafileFolder: nil,
                display: display,
                log: logging.logger(node.name ?? "seed", display), stopWithParent: node.stopWithParent)
            _ = try await runner.run { [gossip, node] metafile in
                let parameters = try gossip.parameters(
                    chunkSize: metafile.layout.chunkSize, joinsByContact: !node.contact.isEmpty)
                return node.configuration(role: .seed, metafile: metafile, gossip: parameters, stay: nil)
            }
        }
    }
}
