/// Bounds of the bus.
enum BusLimit {
    /// A progress report of 4,096 chunks has about 2 KiB; beyond this size a frame drops its link.
    static let frameSize = 64 << 10
}
