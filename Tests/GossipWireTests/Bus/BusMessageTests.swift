import GossipCore
import GossipWire
import Testing

@Suite struct BusMessageTests {
    static func report(_ adjust: (inout ProgressReport) -> Void = { _ in }) -> ProgressReport {
        var counts = MessageCounts()
        for (index, field) in MessageCounts.fields.enumerated() { counts[keyPath: field.path] = UInt64(index) * 3 }
        var report = ProgressReport(
            torrent: "abcd", node: "peer-1", role: .peer, peerReference: "tcp://h:1", cycle: 12, chunksHeld: 3,
            chunkCount: 9, bitfield: "e000", messages: counts, bytesSent: 5, bytesReceived: 6)
        adjust(&report)
        return report
    }

    static let messages: [BusMessage] = [
        .cycle(CycleTick(cycle: 1, intervalMilliseconds: 1_000, startedAt: "2026-01-02T03:04:05Z")),
        .cycle(CycleTick(cycle: 1 << 53, intervalMilliseconds: 86_400_000, startedAt: "")),
        .progress(report()),
        .progress(report { ($0.bitfield, $0.role, $0.node) = (nil, .seed, "a.b \"ü\"") }),
        .progress(report { ($0.messages.sent, $0.bytesSent, $0.cycle) = (1 << 53, 1 << 53, 0) }),
        .event(SwarmEvent(kind: .joined, torrent: "abcd", node: "n", cycle: 0, at: "now")),
        .event(SwarmEvent(kind: .failed, torrent: "abcd", node: "n.1", cycle: 9, at: "now", reason: "disk full")),
        .progress(report { $0.bulkChunkSize = 1 << 20 }),
        .progress(report { $0.sentTo = ["tcp://127.0.0.1:7002": 2, "tcp://127.0.0.1:7003": 1] }),
    ]

    @Test(arguments: messages)
    func messagesSurviveTheRoundTrip(message: BusMessage) {
        #expect(BusMessage.read(message.frames) == message)
    }

    /// What a terminal would act on, what would overflow a sum, and what is no bitfield of the chunks.
    @Test(arguments: [
        BusMessage.progress(report { $0.node = "a\nb" }), .progress(report { $0.node = "\u{1B}[2J" }),
        .progress(report { $0.peerReference = String(repeating: "x", count: 256) }),
        .progress(report { $0.messages.useful = (1 << 53) + 1 }), .progress(report { $0.bytesReceived = .max }),
        .progress(report { $0.bulkChunkSize = 0 }), .progress(report { $0.sentTo = ["tcp://\u{1B}[2J": 1] }),
        .progress(
            report { $0.sentTo = Dictionary(uniqueKeysWithValues: (0...32).map { ("tcp://127.0.0.1:\($0)", 1) }) }),
        .progress(report { $0.bitfield = "e0" }),
        .progress(report { $0.bitfield = "e00g" }),
        .cycle(CycleTick(cycle: 1, intervalMilliseconds: 1, startedAt: "\u{9B}1m")),
        .event(SwarmEvent(kind: .failed, torrent: "ab", node: "n", cycle: 1, at: "", reason: "\r")),
    ])
    func dangerousTextsAndNumbersAreRefused(message: BusMessage) {
        #expect(BusMessage.read(message.frames) == nil)
    }

    @Test(arguments: SwarmEvent.Kind.allCases)
    func everyEventSurvivesTheRoundTrip(kind: SwarmEvent.Kind) {
        let message = BusMessage.event(SwarmEvent(kind: kind, torrent: "ab", node: "n", cycle: 1, at: ""))
        #expect(BusMessage.read(message.frames) == message)
    }

    @Test func goldenText() {
        func text(_ message: BusMessage) -> [String] { message.frames.map { String(decoding: $0, as: UTF8.self) } }
        #expect(
            text(Self.messages[0]) == [
                "cycle", #"{"cycle":1,"interval_ms":1000,"started_at":"2026-01-02T03:04:05Z"}"#,
            ])
        #expect(
            text(Self.messages[2]) == [
                "progress.abcd.peer-1",
                #"{"bitfield":"e000","bytes":{"received":6,"sent":5},"chunk_count":9,"chunks_held":3,"cycle":12,"#
                    + #""messages":{"cancelled":33,"corrupt":15,"early":21,"late":12,"late_kept":18,"missed":9,"redundant":6,"#
                    + #""refused":24,"sent":0,"unanswered":30,"undelivered":27,"useful":3},"node":"peer-1","#
                    + #""peer_ref":"tcp://h:1","role":"peer","torrent":"abcd"}"#,
            ])
        #expect(
            text(Self.messages[6]) == [
                "event.abcd.n.1",
                #"{"at":"now","cycle":9,"event":"failed","node":"n.1","reason":"disk full","torrent":"abcd"}"#,
            ])
    }

    @Test func topicsBeginWithTheirPrefix() {
        #expect(Self.messages[0].topic == BusMessage.TopicPrefix.cycle)
        #expect(Self.messages[2].topic.hasPrefix(BusMessage.TopicPrefix.progress))
        #expect(Self.messages[5].topic.hasPrefix(BusMessage.TopicPrefix.event))
    }

    @Test func theShareThatIsHeld() {
        #expect(Self.report().fraction == 1.0 / 3 && !Self.report().isComplete)
        let empty = Self.report { ($0.chunksHeld, $0.chunkCount) = (0, 0) }
        #expect(empty.fraction == 1 && empty.isComplete)
    }

    @Test func noMutationTraps() {
        var mutator = Mutator(seed: 3)
        var refused = 0
        for round in 0..<1_500 {
            var message = Self.messages[round % Self.messages.count].frames
            if round % 10 == 9 { message = mutator.randomMessage() }
            for _ in 0...mutator.generator.index(below: 3) { message = mutator.mutate(message) }
            if let read = BusMessage.read(message) {
                #expect(BusMessage.read(read.frames) == read)
            } else {
                refused += 1
            }
        }
        #expect(refused > 700 && refused < 1_500)
    }
}
