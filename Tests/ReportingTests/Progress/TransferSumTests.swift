import Testing

@testable import Reporting

/// Several transfers in one line.
@Suite struct TransferSumTests {
    private func part(
        _ kind: TransferProgress.Kind, _ bytes: UInt64, rate: Double? = nil, peers: Int? = nil, sent: UInt64 = 0,
        reason: String? = nil
    ) -> TransferProgress {
        var part = TransferProgress(kind: kind, name: "x", bytes: bytes, totalBytes: 1_000)
        part.bytesPerSecond = rate
        part.peers = peers
        part.bytesSent = sent
        part.reason = reason
        return part
    }

    @Test func downloadsCountAndWhatIsCompleteIsTold() {
        let sum = TransferProgress.sum(of: [
            part(.downloading, 100, rate: 10, peers: 2), part(.serving, 1_000, rate: 500, peers: 3, sent: 200),
            part(.downloading, 0, peers: 1), part(.hashing, 900, rate: 9),
        ])
        #expect(sum.kind == .downloading && sum.name == "4 torrents, 1 complete")
        // What is hashed is not known to be held.
        #expect(sum.bytes == 1_100 && sum.totalBytes == 4_000)
        #expect(sum.bytesPerSecond == 10 && sum.peers == 6 && sum.bytesSent == 200 && sum.reason == nil)
        #expect(sum.secondsLeft == 290)
        #expect(
            TransferLine.plain(sum) == "4 torrents, 1 complete: 27.5 %, 10 bytes/s, 4:50 left, 6 peers")
    }

    @Test func hashingCountsBeforeServing() {
        let sum = TransferProgress.sum(of: [part(.hashing, 250, rate: 5), part(.serving, 1_000, rate: 7)])
        #expect(sum.kind == .hashing && sum.bytes == 250 && sum.totalBytes == 1_000 && sum.bytesPerSecond == 5)
        #expect(sum.name == "2 torrents, 1 complete")
    }

    @Test func copiesAreThoseOfAllTogether() {
        let sum = TransferProgress.sum(of: [part(.serving, 1_000, sent: 3_000), part(.serving, 1_000, rate: 4)])
        #expect(sum.kind == .serving && sum.name == "2 torrents" && sum.copiesSent == 1.5 && sum.bytesPerSecond == 4)
    }

    @Test func stallsAreTold() {
        let stalled = part(.downloading, 0, reason: "no peers")
        #expect(TransferProgress.sum(of: [stalled, stalled]).reason == "no peers")
        #expect(TransferProgress.sum(of: [stalled, part(.serving, 1_000)]).reason == "no peers")
        #expect(TransferProgress.sum(of: [stalled, part(.downloading, 0)]).reason == "1 of 2 stalled")
        let other = part(.downloading, 0, reason: "disk")
        #expect(TransferProgress.sum(of: [stalled, other, other]).reason == "3 of 3 stalled")
    }
}
