import GossipCore
import Metainfo

extension ExchangeParameters {
    /// What one grant is for: long enough on the line that the next one arrives meanwhile, and short enough that a
    /// receiver need not choose far ahead.
    private static let grantBytes = 1 << 20
    /// How long a receiver waits for a source that says nothing, and for a chunk that is lost.
    private static let patience = TimeSpan.seconds(5)

    /// The bounds for a file's chunks and a swarm's cycles.
    package init(_ layout: ChunkLayout, interval: TimeSpan) {
        self.init()
        grantChunks = max(1, min(64, Self.grantBytes / Int(layout.chunkSize)))
        uploadSlots = 4 * grantChunks
        downloadLimit = 8 * grantChunks
        queueLimit = 4 * grantChunks
        patienceCycles = max(patienceCycles, Self.patienceCycles(interval))
    }

    /// Cycles in a row after which a silent partner is dropped. Its answers may have to wait for a chunk on a slow line.
    package static func patienceCycles(_ interval: TimeSpan) -> Cycle {
        Cycle(patience.nanoseconds / max(1, interval.nanoseconds)) + 3
    }
}
