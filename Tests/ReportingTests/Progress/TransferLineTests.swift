import Testing

@testable import Reporting

/// A transfer as a line.
@Suite struct TransferLineTests {
    private static func download(_ bytes: UInt64, of total: UInt64 = 1_000_000) -> TransferProgress {
        var progress = TransferProgress(kind: .downloading, name: "big.img", bytes: bytes, totalBytes: total)
        progress.bytesPerSecond = 10_240
        progress.peers = 5
        return progress
    }

    @Test func aDownloadOnATerminal() {
        #expect(
            TransferLine.live(Self.download(352_000), width: 100, isUnicode: true).plain
                == "big.img  ████████▍───────────────  35.2 %  10 KiB/s  1:04 left  5 peers")
        #expect(
            TransferLine.live(Self.download(352_000), width: 100, isUnicode: false).plain
                == "big.img  [########................]  35.2 %  10 KiB/s  1:04 left  5 peers")
        #expect(
            TransferLine.live(Self.download(352_000), width: 60, isUnicode: true).plain
                == "big.img  35.2 %  10 KiB/s  1:04 left  5 peers")
    }

    @Test(arguments: [(0, "   0.0 %"), (999_999, "  99.9 %"), (1_000_000, "   100 %")])
    func percentagesAreOfOneWidth(bytes: UInt64, text: String) {
        let line = TransferLine.live(Self.download(bytes), width: 100, isUnicode: true).plain
        #expect(["─", "█", "▉"].contains { line.contains($0 + text) }, "\(line)")
    }

    @Test func theBarIsAlwaysOfOneWidth() {
        for bytes in stride(from: UInt64(0), through: 1_000_000, by: 977) {
            let line = TransferLine.live(Self.download(bytes), width: 100, isUnicode: true).plain
            let bar = line.dropFirst("big.img  ".count).prefix { $0 != " " }
            #expect(bar.count == 24, "\(line)")
        }
    }

    @Test func aStallSaysWhy() {
        var progress = Self.download(352_000)
        progress.bytesPerSecond = 0
        progress.reason = "nothing new"
        #expect(TransferLine.plain(progress) == "big.img: 35.2 %, 0 bytes/s, 5 peers, nothing new")
    }

    @Test func plainLines() {
        #expect(TransferLine.plain(Self.download(352_000)) == "big.img: 35.2 %, 10 KiB/s, 1:04 left, 5 peers")
        #expect(TransferLine.plain(Self.download(1_000_000)) == "big.img: 100 %, 5 peers")
        var seed = Self.download(1_000_000)
        seed.kind = .serving
        seed.bytesSent = 1_030_000
        #expect(TransferLine.plain(seed) == "big.img: serving, 1.03 copies sent, 10 KiB/s, 5 peers")
        var hashing = Self.download(352_000)
        hashing.kind = .hashing
        hashing.peers = nil
        #expect(TransferLine.plain(hashing) == "big.img: hashing 35.2 %, 10 KiB/s, 1:04 left")
    }

    @Test func completion() {
        #expect(
            TransferLine.completion(name: "big.img", bytes: 4 << 30, seconds: 40.96)
                == "big.img: complete, 4 GiB in 0:41, 100 MiB/s")
        #expect(TransferLine.completion(name: "x", bytes: 9, seconds: 0) == "x: complete, 9 bytes in 0:00")
    }

    @Test func anEmptyFileIsWhole() {
        let line = TransferLine.live(Self.download(0, of: 0), width: 100, isUnicode: true).plain
        #expect(line.contains("████████████████████████   100 %") && !line.contains("left"), "\(line)")
    }

    @Test func aLongNameLosesItsMiddleAndItsControlCharacters() {
        var progress = Self.download(352_000)
        progress.name = "a-very-long-name-of-a-file-that-goes-on-and-on-2026.img\u{1b}"
        let line = TransferLine.live(progress, width: 100, isUnicode: true).plain
        #expect(line.hasPrefix("a-very-long-n…d-on-2026.img?  "))
        #expect(!line.contains("\u{1b}"))
    }

    @Test(
        arguments: [
            (0, "0:00"), (0.2, "0:01"), (59.5, "1:00"), (725, "12:05"), (11_232, "3:07:12"), (345_600, "days"),
            (.infinity, "days"), (.nan, "days"),
        ])
    func times(seconds: Double, text: String) {
        #expect(TransferLine.time(seconds) == text)
    }

    @Test func oneJSONObjectALine() {
        var progress = Self.download(352_000)
        var record = TransferRecord(
            torrent: "5f74", node: "peer-1", state: "downloading", path: "out/big.img", chunksHeld: 352,
            chunkCount: 1_000, progress: progress)
        #expect(
            record.jsonLine == """
                {"torrent": "5f74", "node": "peer-1", "name": "big.img", "path": "out/big.img", \
                "state": "downloading", "reason": null, "chunks_held": 352, "chunk_count": 1000, "bytes": 352000, \
                "total_bytes": 1000000, "rate_bytes_per_second": 10240, "eta_seconds": 63, "peers": 5, \
                "sent_bytes": 0, "copies_sent": 0.0000}
                """)
        progress.bytesPerSecond = nil
        progress.reason = "no \"peers\"\n"
        progress.totalBytes = 0
        record.progress = progress
        #expect(record.jsonLine.contains("\"reason\": \"no \\\"peers\\\"\\u000a\""))
        #expect(record.jsonLine.contains("\"rate_bytes_per_second\": null, \"eta_seconds\": null"))
        #expect(record.jsonLine.hasSuffix("\"copies_sent\": null}"))
        #expect(!record.jsonLine.contains("\n"))
    }
}
