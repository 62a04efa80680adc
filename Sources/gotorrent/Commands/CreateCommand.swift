import ArgumentParser
import GossipNode
import Metainfo

struct CreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Write the metafile that describes a file.")

    @Argument(help: "The file to describe.")
    var path: String

    @Option(help: "The tracker at which the swarm meets, tcp://HOST:PORT.")
    var tracker: TrackerURI

    @Option(name: [.short, .long], help: "The metafile to write.")
    var output: String

    @Option(help: "Bytes a chunk: a number, or with a unit such as 256KiB.")
    var chunkSize = ByteSizeArgument(bytes: 1 << 20)

    func validate() throws {
        guard (1...UInt64(Metafile.maximumChunkSize)).contains(chunkSize.bytes) else {
            throw ValidationError("--chunk-size must be from 1 byte to 64MiB")
        }
    }

    func run() async throws {
        try await Failure.reported {
            let metafile = try Metafile.describing(path, chunkSize: UInt32(chunkSize.bytes), tracker: tracker)
            try WholeFile.write(metafile.encoded, to: output)
            Console.result("\(metafile.infoHash)")
            Console.note(
                "\(output): \(metafile.name), \(metafile.layout.length) bytes in \(metafile.layout.chunkCount) chunks")
        }
    }
}
