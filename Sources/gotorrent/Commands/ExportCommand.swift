import ArgumentParser
import Foundation
import GossipCore
import GossipNode
import Metainfo
import ProgramSupport
import Topology

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a topology out for machines that systemd, compose or Kubernetes look after.",
        discussion: """
            Hashes the topology's file, and writes the metafile and the unit files, compose file or manifests that run \
            the tracker, the seeds and the peers; what is to be done with them stands at their beginning. Nothing is \
            started.
            """)

    @Argument(help: "The topology file.")
    var topology: String

    @Option(help: "systemd, compose or kubernetes.")
    var format: ExportFormat

    @Option(
        name: [.short, .long], help: "The folder to write to; created where it is not there. (default: NAME-FORMAT)")
    var output: String?

    @Option(help: "Where gotorrent lies on the hosts, for systemd.")
    var program = ExportSettings().program

    @Option(help: "The container image, for compose and Kubernetes.")
    var image = ExportSettings().image

    @Option(help: "In Kubernetes, the claim of the volume that holds the file, for the seeds. (default: NAME-data)")
    var dataClaim: String?

    @Option(help: "In Kubernetes, fetch the file to this folder of every node, by a DaemonSet in place of the peers.")
    var everyNode: String?

    @Option(
        help: ArgumentHelp(
            """
            Of a secured swarm, the folder of its processes' keys, NAME.key and NAME.key.pub each, as gotorrent keys new \
            makes them; only the public halves are read.
            """, valueName: "folder"))
    var keys: String?

    func validate() throws {
        guard format == .kubernetes || (dataClaim == nil && everyNode == nil) else {
            throw ValidationError("--data-claim and --every-node are for --format kubernetes")
        }
        guard program.hasPrefix("/") else {
            throw ValidationError("--program is \(program); it must be a path from the root")
        }
    }

    func run() async throws {
        try await Failure.reported {
            let description = try TopologyParser.parse(path: topology)
            var settings = ExportSettings()
            (settings.program, settings.image) = (program, image)
            (settings.dataClaim, settings.everyNode) = (dataClaim, everyNode)
            settings.keys = try keys.map(PublicKeyFolder.read)
            if description.security == .none {
                Console.note("gotorrent: nothing between the nodes will be encrypted (security: none)")
            }
            let files: [ExportedFile]
            do {
                files = try TopologyExport(description, torrent: torrent(of: description), settings: settings)
                    .files(format)
            } catch let error as ExportError {
                throw UsageError("\(topology): \(error)")
            }
            let folder = output ?? "\(description.name)-\(format.rawValue)"
            for file in files {
                let path = "\(folder)/\(file.path)"
                let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
                try WholeFile.write(file.bytes, to: path)
                Console.result(path)
            }
        }
    }

    /// The metafile that `gotorrent run` would write, but for the tracker: nodes are given that by their link.
    private func torrent(of description: TopologyDescription) throws -> ExportedTorrent {
        let address = description.host(named: description.tracker.host)?.address ?? "127.0.0.1"
        let tracker = try TrackerURI("tcp://\(address):\(max(1, description.tracker.port))")
        let metafile = try Metafile.describing(
            description.torrent.file, chunkSize: UInt32(description.torrent.chunkSize), tracker: tracker)
        if let fault = description.gossip.fault(chunkCount: metafile.layout.chunkCount) {
            throw UsageError("\(description.torrent.file): \(fault)")
        }
        return ExportedTorrent(
            infoHash: "\(metafile.infoHash)", metafile: metafile.encoded, length: metafile.layout.length)
    }
}

extension ExportFormat: ExpressibleByArgument {}
