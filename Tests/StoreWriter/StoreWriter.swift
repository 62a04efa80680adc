import Foundation
import GossipCore
import GossipNode
import Metainfo

/// Writes a torrent's chunks to a chunk store as fast as it can, to be killed while it does.
///
/// Arguments: the metafile, the content, the folder to download to, and a number that the order of the chunks is drawn
/// from. A line with a chunk's number on standard output says that this chunk is written.
@main
enum StoreWriter {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let seed = UInt64(arguments[4]) else {
            FileHandle.standardError.write(Data("arguments: METAFILE CONTENT FOLDER SEED\n".utf8))
            exit(2)
        }
        let metafile = try Metafile.read(arguments[1])
        let content = try Data(contentsOf: URL(fileURLWithPath: arguments[2]), options: .alwaysMapped)
        let workers = try WorkerPool(threadCount: 2)
        let store = try await ChunkStore.resuming(
            metafile, in: arguments[3], workers: workers, pace: .init(bytes: 128 << 10, seconds: 1_000))
        var generator = RandomGenerator(seed: seed)
        var rest = (0..<metafile.layout.chunkCount).filter { !store.heldAtStart.contains($0) }
        while !rest.isEmpty {
            let chunk = rest.remove(at: Int(generator.next() % UInt64(rest.count)))
            let range = metafile.layout.range(of: chunk)
            try content[Int(range.lowerBound)..<Int(range.upperBound)].withUnsafeBytes { try store.write($0, chunk) }
            FileHandle.standardOutput.write(Data("\(chunk)\n".utf8))
        }
        try store.finish()
        try store.settle()
    }
}
