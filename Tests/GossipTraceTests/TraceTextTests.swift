import GossipCore
import Testing

@testable import GossipTrace

@Suite struct TraceTextTests {
    private func event(_ text: String) throws -> PeerEvent {
        var words = TraceWords(text)
        return try PeerEvent(trace: &words, chunkCount: Samples.chunkCount)
    }

    private func action(_ text: String) throws -> PeerAction {
        var words = TraceWords(text)
        return try PeerAction(trace: &words, chunkCount: Samples.chunkCount)
    }

    @Test(arguments: Samples.events) func eventsAreReadAsTheyWereWritten(sample: PeerEvent) throws {
        #expect(try event(sample.traceText) == sample)
    }

    @Test(arguments: Samples.actions) func actionsAreReadAsTheyWereWritten(sample: PeerAction) throws {
        #expect(try action(sample.traceText) == sample)
    }

    /// A case that is added needs a sample, or it might be written and not be read.
    @Test func thereIsASampleOfEveryKind() {
        let events = Set(Samples.events.map { $0.traceText.prefix { $0 != " " } })
        #expect(events == Set(PeerEvent.Verb.allCases.map { $0.rawValue[...] }))
        let actions = Set(Samples.actions.map { $0.traceText.prefix { $0 != " " } })
        #expect(actions == Set(PeerAction.Verb.allCases.map { $0.rawValue[...] }))
    }

    @Test func linesAreReadable() {
        #expect(
            PeerEvent.requestReceived(.push(cycle: 3, chunk: 5), MessageToken(12)).traceText
                == "requestReceived push 3 5 #12")
        #expect(PeerAction.send(.pull(cycle: 4, chunk: 2), to: PeerID(3)).traceText == "send pull 4 2 p3")
        #expect(Samples.events.contains { $0.traceText == "requestReceived have 4 0-2,4,7 #12" })
        let lines = (Samples.events.map(\.traceText) + Samples.actions.map(\.traceText))
        for line in [
            "requestReceived shuffle 3 p0:0,p4294967295:65535,p3:5 #12", "joinDue p4 p2",
            "requestReceived coded 3 0102000000000000ff #12", "exchangeRequested want 3 - r7 ?",
            "exchangeRequested open 3 77:5 +3:4,0 ? r7 ?", "exchangeAnswered grant 4 2 5,0 p3 #12",
            "ask open 3 18446744073709551615:4294967295 everything 8:1 p0", "answer opened 3 77:5 0-2,7 8:1 3,1 r2",
        ] { #expect(lines.contains(line), "\(line)") }
        #expect(
            Samples.actions.contains { $0.traceText.hasPrefix("reportProgress 5 0,2-3 useful=1000 redundant=2000") })
    }

    @Test(arguments: [
        ("", "the line ends where an event must be"),
        ("cycleBegan 1", "cycleBegan where cycleStarted, peersReceived, requestReceived"),
        ("cycleStarted", "the line ends where a cycle must be"), ("cycleStarted -1", "-1 where a cycle must be"),
        ("cycleStarted +1", "+1 where a cycle must be"), ("cycleStarted 1 2", "2 where the end of the line must be"),
        ("cycleStarted  1", "an empty word where a cycle must be"),
        ("cycleStarted 18446744073709551616", "18446744073709551616 where a cycle must be"),
        ("peersReceived p1 2", "2 where a peer such as p3 must be"),
        ("requestReceived shove 1 2 #1", "shove where push, pull, have, coded, pullCoded or shuffle must be"),
        ("requestReceived push 1 2 12", "12 where a message such as #12 must be"),
        ("requestReceived have 1 9 #1", "9 where chunks of the file's 9, such as 0-4,7, must be"),
        ("requestReceived have 1 3-1 #1", "3-1 where chunks of the file's 9"),
        ("requestReceived have 1 3,3 #1", "3,3 where chunks of the file's 9"),
        ("requestReceived have 1 xff #1", "xff where chunks of the file's 9"),
        ("requestReceived have 1 1--2 #1", "1--2 where chunks of the file's 9"),
        ("replyReceived nope p1 #1", "nope where chunk, none, late, have, coded, shuffle or malformed must be"),
        ("chunkVerified #1 maybe", "maybe where valid or corrupt must be"),
        ("decoded #1 maybe", "maybe where valid or corrupt must be"),
        ("requestReceived coded 1 0g #1", "0g where coefficients in hex must be"),
        ("requestReceived shuffle 1 p1 #1", "p1 where peers and ages such as p0:0,p3:5 must be"),
        ("requestReceived shuffle 1 p1:65536 #1", "p1:65536 where peers and ages such as p0:0,p3:5 must be"),
        ("requestReceived shuffle 1 p1:0,1:0 #1", "p1:0,1:0 where peers and ages such as p0:0,p3:5 must be"),
        ("joinDue p1 2", "2 where a peer such as p3 must be"),
        ("exchangeRequested shove 1 r1 ?", "shove where open, want, ready or cancel must be"),
        ("exchangeRequested want 1 5,+1 r1 ?", "5,+1 where chunks such as 5,0,3 must be"),
        ("exchangeRequested want 1 5, r1 ?", "5, where chunks such as 5,0,3 must be"),
        ("exchangeRequested ready 1 p1 ?", "p1 where a receiver such as r3 must be"),
        ("exchangeRequested ready 1 r1", "the line ends where a peer such as p3 must be"),
        ("exchangeRequested open 1 77 everything ? r1 ?", "77 where a version such as 77:5 must be"),
        ("exchangeRequested open 1 77:-5 everything ? r1 ?", "77:-5 where a version such as 77:5 must be"),
        ("exchangeRequested open 1 77:5 +3 ? r1 ?", "+3 where chunks that were added, such as +3:4,0, must be"),
        ("exchangeRequested open 1 77:5 9 ? r1 ?", "9 where chunks of the file's 9"),
        ("exchangeAnswered shove 1 p1 #1", "shove where opened, busy, got, grant, chunk or none must be"),
        ("exchangeAnswered grant 1 -1 - p1 #1", "-1 where a number of chunks must be"),
    ])
    func whatIsNoEventIsSaid(text: String, message: String) {
        let fault = #expect(throws: TraceWords.Fault.self) { try event(text) }
        #expect(fault?.text.hasPrefix(message) == true, "\(fault?.text ?? "")")
    }

    @Test(arguments: ["reportProgress 1 0 sent", "reportProgress 1 0 sent=x", "reportProgress 1 0 spent=1", "stare 1"])
    func whatIsNoActionIsRefused(text: String) {
        #expect(throws: TraceWords.Fault.self) { try action(text) }
    }

    @Test(
        arguments: [
            (0, []), (1, [0]), (9, []), (9, [0, 1, 2, 3, 4, 5, 6, 7, 8]), (9, [0, 2, 4, 6, 8]), (64, [63]),
            (1_000, Array(stride(from: 0, to: 1_000, by: 2))), (1_000, Array(100..<900)),
        ] as [(UInt32, [ChunkID])])
    func setsAreReadAsTheyWereWritten(count: UInt32, chunks: [ChunkID]) throws {
        let set = Samples.set(chunks, of: count)
        let text = set.traceText
        #expect(try ChunkSet(trace: text, chunkCount: count) == set)
        #expect(text.utf8.count <= 1 + max(32, 2 * ChunkSet.bitfieldSize(chunkCount: count)))
    }

    /// What a stranger makes of a line is read or refused, and then written as it was read.
    @Test func changedLinesAreReadOrRefused() throws {
        var generator = RandomGenerator(seed: 1)
        let bytes = Array(" 0123456789p#-*,x?abz".utf8)
        for _ in 0..<20_000 {
            var text = Array(Samples.events[generator.index(below: Samples.events.count)].traceText.utf8)
            for _ in 0...generator.index(below: 3) {
                text[generator.index(below: text.count)] = bytes[generator.index(below: bytes.count)]
            }
            guard let read = try? event(String(decoding: text, as: UTF8.self)) else { continue }
            #expect(try event(read.traceText) == read)
        }
    }
}
