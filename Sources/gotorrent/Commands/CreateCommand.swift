import ArgumentParser
import GossipNode
import Metainfo
import ProgramSupport

struct CreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Write the metafile that describes a file or folder.")

    @Argument(help: "The file or folder to describe.")
    var path: String

    @Option(help: "The tracker at which the swarm meets, tcp://HOST:PORT.")
    var tracker: TrackerURI

    @Option(name: [.short, .long], help: "The metafile to write.")
    var output: String

    @Option(help: "Bytes a chunk: a number, or with a unit such as 256KiB.")
    var chunkSize = ByteSizeArgument(bytes: 1 << 20)

    @Flag(inversion: .prefixedNo, help: "Show progress: a bar on a terminal, a line every ten seconds elsewhere.")
    var progress = true

    func validate() throws {
        guard (1...UInt64(Metafile.maximumChunkSize)).contains(chunkSize.bytes) else {
            throw ValidationError("--chunk-size must be from 1 byte to 64MiB")
        }
    }

    func run() async throws {
        try await Failure.reported {
            let display = ProgressDisplay(progress ? .text : .none)
            let metafile = try await display.showing { try describe(display) }
            try WholeFile.write(metafile.encoded, to: output)
            Console.result("\(metafile.infoHash)")
            Console.note(
                "\(output): \(metafile.name), \(metafile.layout.length) bytes in \(metafile.layout.chunkCount) chunks")
        }
    }

    private func describe(_ display: ProgressDisplay) throws -> Metafile {
        let reporter = HashingReporter(path.split(separator: "/").last.map(String.init) ?? path, display)
        defer { reporter.finish() }
        return try Metafile.describing(path, chunkSize: UInt32(chunkSize.bytes), tracker: tracker) {
            reporter.note($0, of: $1)
        }
    }
}
