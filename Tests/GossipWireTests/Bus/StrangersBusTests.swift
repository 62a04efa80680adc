import GossipCore
import GossipWire
import Testing

/// JSON from programs that are not ours: read where it says enough, refused where it does not, never a trap.
@Suite struct StrangersBusTests {
    private func progress(_ body: String) -> ProgressReport? {
        guard case .progress(let report) = BusMessage.read("progress.abcd.n", body) else { return nil }
        return report
    }

    private let least = #""torrent":"abcd","node":"n","role":"peer","peer_ref":"tcp://h:1","#

    @Test func countersThatOnlyOursKeepMayBeMissing() {
        let report = progress(
            "{" + least + #""cycle":1,"chunks_held":2,"chunk_count":9,"#
                + #""messages":{"sent":4,"other":1},"bytes":{"sent":1,"received":2}}"#)
        var counts = MessageCounts()
        counts.sent = 4
        #expect(report?.messages == counts && report?.bitfield == nil && report?.bytesReceived == 2)
    }

    @Test(arguments: [
        #""cycle":-1,"chunks_held":2,"chunk_count":9,"messages":{},"bytes":{"sent":1,"received":2}"#,
        #""cycle":9007199254740993,"chunks_held":2,"chunk_count":9,"messages":{},"bytes":{"sent":1,"received":2}"#,
        #""cycle":1,"chunks_held":10,"chunk_count":9,"messages":{},"bytes":{"sent":1,"received":2}"#,
        #""cycle":1,"chunks_held":2,"chunk_count":4294967296,"messages":{},"bytes":{"sent":1,"received":2}"#,
        #""cycle":1,"chunks_held":2,"chunk_count":9,"messages":{"sent":-4},"bytes":{"sent":1,"received":2}"#,
        #""cycle":1,"chunks_held":2,"chunk_count":9,"messages":{"sent":1e400},"bytes":{"sent":1,"received":2}"#,
        #""cycle":1,"chunks_held":2,"chunk_count":9,"messages":[],"bytes":{"sent":1,"received":2}"#,
        #""cycle":1,"chunks_held":2,"chunk_count":9,"messages":{},"bytes":{"sent":18446744073709551616,"received":2}"#,
        #""cycle":1.5,"chunks_held":2,"chunk_count":9,"messages":{},"bytes":{"sent":1,"received":2}"#,
        #""cycle":"1","chunks_held":2,"chunk_count":9,"messages":{},"bytes":{"sent":1,"received":2}"#,
        #""cycle":1,"chunks_held":2,"chunk_count":9,"messages":{},"bytes":7"#,
        #""cycle":1,"chunks_held":2,"chunk_count":9"#,
    ])
    func progressThatMakesNoSenseIsRefused(rest: String) {
        #expect(progress("{" + least + rest + "}") == nil)
    }

    @Test(arguments: [
        ("cycle", #"{"cycle":0,"interval_ms":1000,"started_at":""}"#),
        ("cycle", #"{"cycle":9007199254740993,"interval_ms":1000,"started_at":""}"#),
        ("cycle", #"{"cycle":1,"interval_ms":0,"started_at":""}"#),
        ("cycle", #"{"cycle":1,"interval_ms":86400001,"started_at":""}"#),
        ("cycle", #"{"cycle":1,"interval_ms":1000}"#),
        ("cycle", ""), ("cycle", "{"), ("cycle", "[]"), ("cycle", "null"), ("cycle", "1"), ("cycle", "\u{0}"),
        ("cycles", #"{"cycle":1,"interval_ms":1000,"started_at":""}"#),
        ("", "{}"), ("progress", "{}"), ("progress.", "{}"), ("progress.abcd.n", "{}"), ("event.abcd.n", "{}"),
        ("event.abcd.n", #"{"event":"exploded"}"#), ("event.abcd", #"{"event":"joined"}"#),
        ("event.abcd.n", #"{"event":"joined","cycle":9007199254740993}"#),
        ("event.abcd.n", #"{"event":"joined","node":"m"}"#),
        ("event.abcd.n", #"{"event":"joined","torrent":"ef"}"#),
        ("event.abcd.n", #"{"event":"joined","cycle":-1}"#),
    ])
    func whatIsNoMessageIsRefused(topic: String, body: String) {
        #expect(BusMessage.read(topic, body) == nil)
    }

    @Test func whoseProgressItIsStandsInTheTopicToo() {
        let message = BusMessage.progress(BusMessageTests.report())
        #expect(BusMessage.read([Array("progress.abcd.peer-2".utf8), message.json]) == nil)
        #expect(BusMessage.read([Array("progress.abce.peer-1".utf8), message.json]) == nil)
        #expect(BusMessage.read([Array("event.abcd.peer-1".utf8), message.json]) == nil)
        #expect(BusMessage.read([Array("cycle".utf8), message.json]) == nil)
        #expect(BusMessage.read([message.json]) == nil)
        #expect(BusMessage.read(message.frames + [[]]) == nil)
        #expect(BusMessage.read([]) == nil)
    }

    @Test func anEventNeedsNothingButItsKind() {
        let event = SwarmEvent(kind: .joined, torrent: "abcd", node: "n.1", cycle: 0, at: "")
        #expect(BusMessage.read("event.abcd.n.1", #"{"event":"joined","more":[1,{}]}"#) == .event(event))
    }

    @Test func unknownKeysAreLookedPast() {
        let tick = CycleTick(cycle: 2, intervalMilliseconds: 50, startedAt: "t")
        let body = #"{"cycle":2,"interval_ms":50,"started_at":"t","x":{"y":[null,true]}}"#
        #expect(BusMessage.read("cycle", body) == .cycle(tick))
    }

    @Test func deepNestingIsRefusedWithoutDeepRecursion() {
        for depth in [100, 10_000, 200_000] {
            let open = String(repeating: "[", count: depth)
            #expect(BusMessage.read("cycle", open) == nil)
            let objects = String(repeating: #"{"a":"#, count: depth)
            #expect(BusMessage.read("cycle", objects) == nil)
        }
    }

    @Test func keysThatStandTwiceAreNoTrap() {
        _ = BusMessage.read("cycle", #"{"cycle":1,"cycle":2,"interval_ms":1,"started_at":""}"#)
        let body = #""cycle":1,"chunks_held":2,"chunk_count":9,"messages":{"sent":1,"sent":2},"#
        _ = progress("{" + least + body + #""bytes":{"sent":1,"received":2}}"#)
    }

    @Test func bytesThatAreNoTextAreNoTrap() {
        #expect(BusMessage.read([[0xFF, 0xFE], [0xFF]]) == nil)
        #expect(BusMessage.read([Array("cycle".utf8), [0xFF, 0xFE, 0x00]]) == nil)
        #expect(BusMessage.read([Array("event.".utf8) + [0xFF] + Array(".n".utf8), Array("[1".utf8)]) == nil)
    }
}
