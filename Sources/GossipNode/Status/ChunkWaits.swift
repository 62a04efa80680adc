/// Chunks that came and do not count yet: what a stall may be blamed on.
struct ChunkWaits: Equatable {
    /// Under way to the disk: being hashed and written.
    var disk = 0
    /// Written, and held back by the limit of the downlink.
    var limit = 0
}
