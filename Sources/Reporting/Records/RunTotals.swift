import GossipCore

/// What a run counted in all, over the cycles recorded so far.
package struct RunTotals: Equatable, Sendable {
    /// Over all nodes, seeds included.
    package var messages = MessageCounts()
    /// Chunk bytes, over all nodes.
    package var bytesSent: UInt64 = 0
    package var bytesReceived: UInt64 = 0
    /// Chunk bytes that the seeds sent.
    package var seedBytesSent: UInt64 = 0

    package init() {}

    /// How often the seeds sent the file: their chunk bytes over its size; 0 of an empty file.
    package func seedCopies(fileBytes: UInt64) -> Double {
        fileBytes == 0 ? 0 : Double(seedBytesSent) / Double(fileBytes)
    }

    /// The share of valid chunks that came for nothing, 0 to 1: redundant over useful and redundant.
    package var redundancy: Double {
        let valid = messages.useful + messages.redundant
        return valid == 0 ? 0 : Double(messages.redundant) / Double(valid)
    }
}
