import ArgumentParser
import GossipCore
import GossipNode
import Metainfo

struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Fetch a torrent, verify it, and keep serving it for a while.",
        discussion: "Run again after an interruption, it keeps what is valid and fetches the rest.")

    @Argument(help: "The metafile, as `gotorrent create` writes it.")
    var metafile: String

    @Option(name: [.short, .long], help: "The folder to download to; created where it is not there.")
    var output: String

    @Option(help: "How long to serve on once the file is complete: a duration, or forever.")
    var stay = StayArgument.span(.seconds(30))

    @OptionGroup var gossip: GossipOptions
    @OptionGroup var node: NodeOptions
    @OptionGroup var logging: LogOptions

    func run() async throws {
        try await Failure.reported {
            let metafile = try Metafile.read(metafile)
            let configuration = try node.configuration(
                role: .peer, metafile: metafile, gossip: gossip.parameters(joinsByContact: !node.contact.isEmpty),
                stay: stay.span)
            _ = try await PeerRunner.run(
                configuration, dataPath: output, log: logging.logger(configuration.name),
                stopWithParent: node.stopWithParent)
            Console.result("\(output)/\(metafile.name)")
        }
    }
}
