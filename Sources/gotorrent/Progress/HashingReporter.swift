import GossipCore
import Reporting
import Synchronization

/// Tells a display how far a file is hashed, a few times a second however often it is told.
final class HashingReporter: Sendable {
    private static let pause = TimeSpan.milliseconds(100)

    private let name: String
    private let display: ProgressDisplay
    private let shownAt = Mutex<TimePoint?>(nil)

    init(_ name: String, _ display: ProgressDisplay) {
        self.name = name
        self.display = display
    }

    /// May be called on any thread.
    func note(_ bytes: UInt64, of totalBytes: UInt64) {
        let now = TimePoint.monotonic
        let isDue = shownAt.withLock { shownAt in
            if let last = shownAt, now.since(last) < Self.pause { return false }
            shownAt = now
            return true
        }
        guard isDue else { return }
        display.show(
            .hashing(TransferProgress(kind: .hashing, name: name, bytes: bytes, totalBytes: totalBytes)))
    }

    func finish() {
        display.show(.hashed(name: name))
    }
}
