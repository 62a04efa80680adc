import ArgumentParser
import GossipCore
import GossipNode
import Metainfo

struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Serve a complete copy of a torrent until interrupted.")

    @Argument(help: "The metafile, as `gotorrent create` writes it.")
    var metafile: String

    @Option(help: "The complete file, or the folder that holds it.")
    var data: String

    @OptionGroup var gossip: GossipOptions
    @OptionGroup var node: NodeOptions
    @OptionGroup var logging: LogOptions

    func run() async throws {
        try await Failure.reported {
            let configuration = try node.configuration(
                role: .seed, metafile: try Metafile.read(metafile),
                gossip: gossip.parameters(joinsByContact: !node.contact.isEmpty), stay: nil)
            _ = try await PeerRunner.run(
                configuration, dataPath: data, log: logging.logger(configuration.name),
                stopWithParent: node.stopWithParent)
        }
    }
}
