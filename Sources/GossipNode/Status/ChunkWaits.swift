/// Chunks that came and do not count yet: what a stall may be blamed on.
struct ChunkWaits: Equatable {
    /// Under way to the disk: being hashed and written.
    var disk = 0
    /// Written, and held back by the limit of the downlink.
    var limit = 0
    private var waitedForDisk = false
    private(set) var isWaitingForDisk = false

    /// Looks, once a second, whether the disk is what holds the node up: only a chunk that was under way at the last look
    /// as well has waited for it. One that has just ended a stall is on its way to the disk, too.
    mutating func look() {
        isWaitingForDisk = disk > 0 && waitedForDisk
        waitedForDisk = disk > 0
    }
}
