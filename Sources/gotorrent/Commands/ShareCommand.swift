import ArgumentParser
import GossipCore
import GossipNode
import Metainfo
import ProgramSupport

struct ShareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Share files or folders with other machines: tracker, metafile and seed in one.",
        discussion: """
            Hashes each file or folder, serves it until interrupted, and prints for each the one line to type on the other \
            machines. They need nothing but gotorrent: the metafile comes from here, and is checked against the info \
            hash in that line.
            """)

    @Argument(help: "The files or folders to share, each a torrent of its own.")
    var paths: [String]

    @Option(help: "Where the tracker listens, and its bus on the next two ports; port * takes any free ones.")
    var bind = "tcp://*:6969"

    @Option(help: "The host name or address in the line to type. (default: the one that faces the network)")
    var advertise: String?

    @Option(help: "Bytes a chunk. (default: a power of two from 256KiB to 4MiB, for at most 2048 chunks)")
    var chunkSize: ByteSizeArgument?

    @Option(help: "Δ, the length of a gossip cycle. (default: what the lines need, from 100ms to 2s)")
    var cycle: DurationArgument?

    @Option(
        help: "What chunks may take of the uplink, all files together, such as 100Mbit/s or 10MiB/s. (default: all)")
    var uploadLimit: RateArgument?

    @OptionGroup var security: SecurityOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var metrics: MetricsOptions
    @OptionGroup var logging: LogOptions

    func validate() throws {
        try security.validate(.tracker)
        guard security.trackerKey == nil else {
            throw ValidationError(
                "--tracker-key is for those who ask a tracker; the share is one, and its key is --key")
        }
        guard !paths.isEmpty else { throw ValidationError("name at least one file or folder to share") }
        if let chunkSize, !(1...UInt64(Metafile.maximumChunkSize)).contains(chunkSize.bytes) {
            throw ValidationError("--chunk-size must be from 1 byte to 64MiB")
        }
        guard cycle.map({ (1...3_600_000).contains($0.span.milliseconds) }) ?? true else {
            throw ValidationError("--cycle must be from 1ms to 1h")
        }
    }

    func run() async throws {
        try await Failure.reported(as: logging.logFormat) {
            let display = logging.display("share", progress)
            let session = ShareSession(
                paths: paths, hosts: try ShareHosts(bind: bind, advertise: advertise),
                chunkSize: chunkSize.map { UInt32($0.bytes) },
                interval: cycle?.span, uploadLimit: uploadLimit?.limit, security: try security.setup(),
                metrics: metrics, display: display, log: logging.logger("share", display))
            try await Interruption.stopping { try await session.run() }
        }
    }
}
