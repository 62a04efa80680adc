import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// Answers at the ROUTER, and the links that do not take them.
extension PeerShell {
    /// Smaller ones are in no account: the high-water mark bounds them well enough.
    private static let smallestAccount = 4 << 10
    /// How long a link may take nothing, besides the time for a chunk at the least rate.
    private static let idlePatience = TimeSpan.seconds(10)
    private static let leastRate = 64 << 10
    /// The same where others wait for the room that it takes up.
    private static let pressedPatience = TimeSpan.seconds(1)
    private static let pressedRate = 1 << 20
    /// Into how many parts a limit is divided of which pulls in bulk get one.
    private static let pulledParts = 16.0

    // MARK: What may be answered

    /// Whether a `pull` may be answered with so many bytes: by what its link has not taken, what all have not, and what
    /// the upload limit has not paid for.
    func mayAnswer(_ link: [UInt8], _ byteCount: Int) -> Bool {
        if let rate = configuration.uploadLimit?.rateBytesPerSecond, unpaidAnswers > 0 {
            let share = exchangesInBulk ? 0 : Int(clamping: rate / 4) / configuration.nodeCount
            guard unpaidAnswers + byteCount <= share else { return false }
        }
        return byteCount < Self.smallestAccount || (answers.hasRoom(byteCount, at: link) && hasRoom(byteCount))
    }

    /// Whether so many bytes more may wait in links; where not, those are cut that keep them for nothing.
    func hasRoom(_ byteCount: Int) -> Bool {
        if answers.hasRoom(byteCount) { return true }
        cutIdleLinks(after: Self.pressedPatience, leastRate: Self.pressedRate)
        return false
    }

    /// A chunk that there is no room to send in this cycle: the other end may ask in another, or elsewhere. It is not told
    /// `none`, which would say that the chunk is not here.
    func refuse(_ reply: PeerReply, _ link: [UInt8]) {
        handle(.messageRefused)
        tell(link, codec.frames(of: reply, reading: reading) { directory[$0] })
    }

    // MARK: Sending

    /// A held chunk as an answer to `pull`, of which account is kept.
    func outgoing(_ chunk: ChunkID, to link: [UInt8]) throws(NodeError) -> Message {
        let byteCount = configuration.metafile.layout.size(of: chunk)
        payAnswer(byteCount)
        guard byteCount >= Self.smallestAccount else { return try store.read(chunk) }
        keepAccount(byteCount, link)
        return try store.read(chunk) { [mail] in mail.add(.answerTaken(link: link, byteCount: byteCount)) }
    }

    /// The same for a packet's bytes.
    func outgoing(_ packet: consuming Message, to link: [UInt8]) -> Message {
        let byteCount = packet.count
        payAnswer(byteCount)
        guard byteCount >= Self.smallestAccount else { return packet }
        keepAccount(byteCount, link)
        let onTaken: @Sendable () -> Void = { [mail] in mail.add(.answerTaken(link: link, byteCount: byteCount)) }
        return packet.withUnsafeBytes { bytes in
            OutgoingChunk.frame(byteCount, onTaken) { $0.copyMemory(from: bytes) }
        }
    }

    private func keepAccount(_ byteCount: Int, _ link: [UInt8]) {
        answers.give(byteCount, to: link, at: .now)
        watchIdleLinks()
    }

    /// Pays for an answer from the upload limit. Where chunks go by grants nobody need pull: who does gets a sixteenth of it.
    private func payAnswer(_ byteCount: Int) {
        guard let limit = configuration.uploadLimit else { return }
        unpaidAnswers += byteCount
        guard exchangesInBulk else { return paced(by: limit, byteCount) { $0.unpaidAnswers -= byteCount } }
        _ = limit.take(byteCount)
        let seconds = Double(byteCount) * Self.pulledParts / Double(limit.rateBytesPerSecond)
        loop.schedule(after: .milliseconds(Int64(min(seconds, 3_600) * 1_000))) { [weak self] in
            self?.unpaidAnswers -= byteCount
        }
    }

    func answer(_ link: [UInt8], _ frames: [[UInt8]], last bytes: consuming Message) throws(ZeroMQError) {
        let size = UInt64(bytes.count)
        if try router.send(to: link, frames, last: bytes) == .sent { bytesSent += size }
    }

    /// Says something small. Whose queue is full of such has read none of them.
    @discardableResult
    func tell(_ link: [UInt8], _ frames: [[UInt8]]) -> SendOutcome {
        let outcome = (try? router.send(to: link, frames)) ?? .wouldBlock
        if outcome == .wouldBlock, answers.hasNothing(of: link) {
            linkGuard?.cut(link, because: "it reads no answers")
        }
        return outcome
    }

    // MARK: Links that take nothing

    /// Notes whose messages come by which link.
    func nameLink(of message: borrowing MultipartMessage) {
        guard let link = message.linkDescriptor else { return }
        message.withFrames { linkGuard?.name(link, $0[0]) }
    }

    func watchIdleLinks() {
        guard !isWatchingLinks else { return }
        isWatchingLinks = true
        timers.set(.idleLinks, at: .now + .seconds(1), on: loop) { [unowned self] in
            isWatchingLinks = false
            cutIdleLinks(after: Self.idlePatience, leastRate: Self.leastRate)
            if !answers.isEmpty { watchIdleLinks() }
        }
    }

    private func cutIdleLinks(after patience: TimeSpan, leastRate: Int) {
        let chunk = TimeSpan.milliseconds(UInt64(configuration.metafile.layout.chunkSize) * 1_000 / UInt64(leastRate))
        for link in answers.idleLinks(for: patience + chunk, at: .now) {
            linkGuard?.cut(link, because: "it takes no chunks")
        }
    }
}

extension AnswerBook {
    /// What one link may leave unread.
    private static let linkBytes = 2 << 20
    /// What all links of a process may, over all its torrents.
    private static let allBytes = 32 << 20

    /// The bounds for a torrent's chunks.
    /// - Parameter nodeCount: nodes that share the process's memory; at least 1.
    init(_ layout: ChunkLayout, nodeCount: Int) {
        let chunk = Int(layout.chunkSize)
        self.init(
            linkLimit: max(Self.linkBytes, 2 * chunk), limit: max(Self.allBytes / nodeCount, Self.linkBytes, 4 * chunk))
    }
}
