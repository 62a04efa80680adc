import Foundation
import GossipCore
import GossipNode
import Metainfo

/// Writes a torrent's chunks to a chunk store as fast as it can, to be killed while it does.
///
/// Arguments: the metafile, the content, the folder to download to, a number that the order of the chunks is drawn from,
/// and `proofs` where no more than the info dictionary is to be known and each chunk comes with its proof. A line with a chunk's number on standard output says that this chunk is written.
@main
enum StoreWriter {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard (5...6).contains(arguments.count), let seed = UInt64(arguments[4]) else {
            FileHandle.standardError.write(Data("arguments: METAFILE CONTENT FOLDER SEED [proofs]\n".utf8))
            exit(2)
        }
        var metafile = try Metafile.read(arguments[1])
        let prover = arguments.last == "proofs" ? ChunkProver(metafile) : nil
        if prover != nil { metafile = Metafile(metafile.info, tracker: metafile.tracker) }
        let content = try Data(contentsOf: URL(fileURLWithPath: arguments[2]), options: .alwaysMapped)
        let workers = try WorkerPool(threadCount: 2)
        let store = try await ChunkStore.resuming(
            metafile, in: arguments[3], workers: workers, pace: .init(bytes: 128 << 10, seconds: 1_000))
        var generator = RandomGenerator(seed: seed)
        var rest = (0..<metafile.layout.chunkCount).filter { !store.heldAtStart.contains($0) }
        while !rest.isEmpty {
            let chunk = rest.remove(at: Int(generator.next() % UInt64(rest.count)))
            let range = metafile.layout.range(of: chunk)
            try content[Int(range.lowerBound)..<Int(range.upperBound)].withUnsafeBytes { bytes in
                guard try store.isValid(bytes, chunk, prover?.proof(of: chunk)) else { exit(3) }
                try store.write(bytes, chunk)
            }
            FileHandle.standardOutput.write(Data("\(chunk)\n".utf8))
        }
        try store.finish()
        try store.settle()
    }
}
