import GossipCore

/// The number that a node's directory gives a peer reference, a new one where it has none.
package typealias PeerIdentifying = (PeerReference) -> PeerID?

/// The reference behind a peer's number; nil of one that the directory has forgotten.
package typealias PeerReferencing = (PeerID) -> PeerReference?

/// Shuffles: `"GT1" | "shuffle" | torrent | cycle | time | entry…`, as a request and as its reply.
extension PeerCodec {
    /// Where a shuffle carries its sender's time.
    private static let timeFrame = 4
    private static let firstEntryFrame = 5
    private static let ageSize = 2
    private static let timeSize = 16
    /// As the bus has them: a day.
    private static let greatestInterval: UInt32 = 86_400_000

    /// The frames of a request that is no shuffle.
    package func frames(of request: PeerRequest) -> [[UInt8]] {
        frames(of: request, reading: nil) { _ in nil }
    }

    /// The frames of a reply that is no shuffle.
    package func frames(of reply: PeerReply) -> [[UInt8]] {
        frames(of: reply, reading: nil) { _ in nil }
    }

    func frames(
        ofShuffle cycle: Cycle, _ entries: [ViewEntry], reading: CycleReading?, reference: PeerReferencing
    ) -> [[UInt8]] {
        header(Word.shuffle, cycle) + [reading.map(Self.frame(of:)) ?? []]
            + entries.compactMap { entry in reference(entry.peer).map { entry.age.frame + $0.bytes } }
    }

    func shuffle(
        _ frames: WireFrames, identify: PeerIdentifying
    ) throws(WireError) -> (cycle: Cycle, entries: [ViewEntry]) {
        let counts = Self.firstEntryFrame...(Self.firstEntryFrame + PeerSampling.viewSizes.upperBound)
        guard counts.contains(frames.count) else {
            throw WireError(.malformed, "shuffle has \(counts.lowerBound) to \(counts.upperBound) frames")
        }
        let cycle = try cycle(frames)
        guard frames[Self.timeFrame].isEmpty || reading(frames) != nil else {
            throw WireError(.malformed, "a time is a cycle from 1 on, and less than its interval in milliseconds")
        }
        // All are read before any is given a number: a message is refused as a whole.
        var read: [(age: UInt16, reference: PeerReference)] = []
        for index in Self.firstEntryFrame..<frames.count { read.append(try Self.entry(frames[index])) }
        return (cycle, read.compactMap { entry in identify(entry.reference).map { ViewEntry($0, age: entry.age) } })
    }

    /// The time that a shuffle's sender tells; nil where it has none yet, and of any other message.
    package func reading(_ frames: WireFrames) -> CycleReading? {
        guard frames.frame(1, equals: Word.shuffle), frames[Self.timeFrame].count == Self.timeSize else { return nil }
        let frame = frames[Self.timeFrame]
        let cycle = UInt64(bigEndian: frame.loadUnaligned(as: UInt64.self))
        let elapsed = UInt32(bigEndian: frame.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
        let interval = UInt32(bigEndian: frame.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
        guard cycle >= 1, (1...Self.greatestInterval).contains(interval), elapsed < interval else { return nil }
        return CycleReading(
            cycle: cycle, elapsed: .milliseconds(UInt64(elapsed)), interval: .milliseconds(UInt64(interval)))
    }

    private static func frame(of reading: CycleReading) -> [UInt8] {
        let interval = min(max(reading.interval.milliseconds, 1), UInt64(greatestInterval))
        let elapsed = min(reading.elapsed.milliseconds, interval - 1)
        return reading.cycle.frame + UInt32(elapsed).frame + UInt32(interval).frame
    }

    private static func entry(_ frame: UnsafeRawBufferPointer) throws(WireError) -> (UInt16, PeerReference) {
        guard frame.count <= ageSize + PeerReference.greatestSize else {
            throw WireError(.tooLarge, "a peer_ref has at most 255 bytes, not \(frame.count - ageSize)")
        }
        guard frame.count > ageSize, let reference = PeerReference(Array(frame[ageSize...])) else {
            throw WireError(.malformed, "an entry is an age of 2 bytes and a peer_ref, tcp://HOST:PORT")
        }
        return (UInt16(bigEndian: frame.loadUnaligned(as: UInt16.self)), reference)
    }
}
