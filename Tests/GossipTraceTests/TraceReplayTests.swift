import GossipCore
import Testing

@testable import GossipTrace

@Suite struct TraceReplayTests {
    private static let header: TraceHeader = {
        var configuration = PeerConfiguration(
            gossip: GossipParameters(style: .pushPull, fanout: 2, chunkSelection: .rarestFirst), chunkCount: 9)
        configuration.holdQueueLimit = 16
        configuration.verificationLimit = 17
        configuration.peerLimit = 18
        configuration.digestLimit = 19
        configuration.missedCyclesLimit = 20
        return TraceHeader(
            node: "peer1", configuration: configuration, held: Samples.set([0, 4]), randomSeed: .max)
    }()

    private static func lines(_ events: [PeerEvent], _ header: TraceHeader = header) -> [String] {
        var machine = header.machine
        return header.lines
            + events.flatMap { event in
                ["> " + event.traceText] + machine.handle(event).map { "< " + $0.traceText }
            }
    }

    /// A node that learns of two others, asks them, is pushed a good chunk and a bad one.
    private static let story = lines([
        .peersReceived([PeerID(1), PeerID(2)]), .cycleStarted(1),
        .requestReceived(.push(cycle: 1, chunk: 7), MessageToken(0)), .chunkVerified(MessageToken(0), isValid: true),
        .replyReceived(.have(cycle: 1, digest: .full(chunkCount: 9)), from: PeerID(2), MessageToken(0)),
        .digestWaitEnded(1), .requestReceived(.push(cycle: 1, chunk: 8), MessageToken(1)),
        .chunkVerified(MessageToken(1), isValid: false), .cycleStarted(2),
    ])

    private func replay(_ lines: [String]) throws(TraceError) -> TraceReplay {
        var rest = lines[...]
        return try TraceReplay.run { rest.popFirst() }
    }

    private func place(_ prefix: String, _ lines: [String] = story) throws -> Int {
        try #require(lines.firstIndex { $0.hasPrefix(prefix) })
    }

    @Test func whatWasRecordedIsReplayed() throws {
        let replay = try replay(Self.story)
        #expect(replay.eventCount == 9)
        #expect(replay.actionCount == Self.story.count(where: { $0.hasPrefix("< ") }))
        #expect(replay.actionCount > 15)
        #expect(Self.story.contains { $0.hasPrefix("< send pull 1 ") })
    }

    /// A node that decodes two packets of two, the one of them wrong.
    @Test func codedPacketsAreReplayed() throws {
        let gossip = GossipParameters(chunkSelection: .coded)
        let header = TraceHeader(
            node: "peer1", configuration: PeerConfiguration(gossip: gossip, chunkCount: 2),
            held: ChunkSet(chunkCount: 2), randomSeed: 1)
        func came(_ coefficients: [UInt8]) -> PeerEvent {
            .requestReceived(.coded(cycle: 1, CodedVector(coefficients)), MessageToken(0))
        }
        let lines = Self.lines(
            [
                .peersReceived([PeerID(1)]), .cycleStarted(1), came([1, 2]), came([2, 2]),
                .decoded(MessageToken(0), isValid: false), came([1, 2]), came([3, 4]),
                .decoded(MessageToken(0), isValid: true), .cycleStarted(2), .cycleStarted(3),
            ], header)
        #expect(try replay(lines).eventCount == 10)
        for action in ["discardCoded", "storeDecoded", "reportCodedProgress 0 0", "send pullCoded 1 p1"] {
            #expect(lines.contains { $0.hasPrefix("< \(action)") }, "\(action)")
        }
    }

    /// A node that shuffles, joins by an address, answers a shuffle, and asks for help when nobody is left.
    @Test func shufflesAreReplayed() throws {
        var header = Self.header
        header.configuration.gossip.peerSampling = .cyclon(viewSize: 4, shuffleLength: 2)
        header.own = PeerID(0)
        let (other, third, token) = (PeerID(1), PeerID(2), MessageToken(0))
        let lines = Self.lines(
            [
                .peersReceived([other]), .joinDue(through: [third]), .cycleStarted(1),
                .requestReceived(.shuffle(cycle: 1, entries: [ViewEntry(third), ViewEntry(PeerID(3), age: 2)]), token),
                .replyReceived(.shuffle(cycle: 0, entries: [ViewEntry(PeerID(5))]), from: other, token),
                .peerGone(other), .cycleStarted(2), .peerGone(third), .peerGone(PeerID(3)), .peerGone(PeerID(5)),
                .cycleStarted(3),
            ], header)
        #expect(try replay(lines).eventCount == 11)
        for action in [
            "send shuffle 0 p0:0 p1", "send shuffle 0 p0:0 p2", "reply shuffle 1 ", "send shuffle 2 ", "seekPeers",
        ] {
            #expect(lines.contains { $0.hasPrefix("< \(action)") }, "\(action)")
        }
    }

    /// A node that downloads a chunk in bulk, and passes it on.
    @Test func theBulkExchangeIsReplayed() throws {
        var header = Self.header
        header.configuration.exchange = ExchangeParameters()
        header.configuration.gossip.separation = .relaxed
        let (source, receiver, token) = (PeerID(1), ReceiverID(0), MessageToken(0))
        let everything = HoldingsUpdate(version: HoldingsVersion(epoch: 5, count: 0), content: .everything)
        let nothing = HoldingsUpdate(
            version: HoldingsVersion(epoch: 6, count: 0), content: .chunks(ChunkSet(chunkCount: 9)))
        let lines = Self.lines(
            [
                .peersReceived([source]), .cycleStarted(1),
                .exchangeAnswered(.opened(cycle: 1, everything, known: nil, queued: []), from: source, token),
                .exchangeRequested(.open(cycle: 1, nothing, known: nil), by: receiver, opener: nil),
                .exchangeAnswered(.grant(cycle: 1, credit: 1, suggested: [7]), from: source, token),
                .exchangeAnswered(.chunk(cycle: 1, chunk: 7), from: source, token),
                .chunkVerified(token, isValid: true),
                .exchangeRequested(.want(cycle: 1, [7]), by: receiver, opener: nil),
                .chunkServed(to: receiver), .receiverGone(receiver), .cycleStarted(2),
            ], header)
        #expect(try replay(lines).eventCount == 11)
        for action in ["ask open 1 ", "ask want 1 7 p1", "answer opened 1 ", "answer chunk 1 7 r0"] {
            #expect(lines.contains { $0.hasPrefix("< \(action)") }, "\(action)")
        }
    }

    /// A node that wants some of the chunks only.
    @Test func whatIsNotWantedIsReplayed() throws {
        var header = Self.header
        header.held = Samples.set([0], of: 9)
        header.configuration.unwanted = Samples.set([3, 4, 5, 6, 7], of: 9)
        let lines = Self.lines(
            [
                .peersReceived([PeerID(1)]), .cycleStarted(1),
                .requestReceived(.push(cycle: 1, chunk: 4), MessageToken(0)),
                .requestReceived(.push(cycle: 1, chunk: 8), MessageToken(1)),
            ], header)
        #expect(lines.contains("held 0 unwanted 3-7"))
        var rest = lines[...]
        #expect(try TraceHeader { () throws(TraceWords.Fault) in rest.popFirst() } == header)
        #expect(
            lines.suffix(4) == [
                "> requestReceived push 1 4 #0", "< release #0", "> requestReceived push 1 8 #1", "< verifyChunk 8 #1",
            ])
        #expect(try replay(lines).eventCount == 4)
    }

    @Test func anotherSeedDrawsOtherwise() throws {
        var lines = Self.story
        lines[try place("random-seed")] = "random-seed 3"
        let error = #expect(throws: TraceError.self) { try replay(lines) }
        #expect(error?.text.hasPrefix("expected send ") == true)
    }

    @Test func aChangedActionIsNamed() throws {
        var lines = Self.story
        let line = try place("< verifyChunk 7 #0")
        lines[line] = "< verifyChunk 6 #0"
        #expect(throws: TraceError(line: line + 1, "expected verifyChunk 6 #0, got verifyChunk 7 #0")) {
            try replay(lines)
        }
    }

    @Test func aMissingActionIsNamedAtTheNextEvent() throws {
        var lines = Self.story
        let line = try place("< verifyChunk 7 #0")
        lines.remove(at: line)
        #expect(
            throws: TraceError(line: line + 1, "expected no further action before this, got verifyChunk 7 #0")
        ) { try replay(lines) }
        lines = Array(Self.story[...line])
        lines.removeLast()
        #expect(
            throws: TraceError(line: line + 1, "expected no further action before this, got verifyChunk 7 #0")
        ) { try replay(lines) }
    }

    @Test func anActionTooManyIsNamed() throws {
        var lines = Self.story
        let line = try place("< verifyChunk 7 #0") + 1
        lines.insert("< release #0", at: line)
        #expect(throws: TraceError(line: line + 1, "expected release #0, got nothing")) { try replay(lines) }
    }

    /// The core counts on its shell for it, and a trace may come from anyone.
    @Test func aVerificationThatNobodyAskedForIsAnError() throws {
        let lines = Self.header.lines + ["> chunkVerified #9 valid"]
        #expect(
            throws: TraceError(line: lines.count, "#9 was verified, and the core did not ask for it")
        ) { try replay(lines) }
        let decoded = Self.header.lines + ["> decoded #9 valid"]
        #expect(
            throws: TraceError(line: decoded.count, "#9 was decoded, and the core did not ask for it")
        ) { try replay(decoded) }
    }

    @Test func theHeaderIsReadAsItWasWritten() throws {
        var rest = Self.header.lines[...]
        #expect(try TraceHeader { () throws(TraceWords.Fault) in rest.popFirst() } == Self.header)
        // A rule that is added belongs into the header: without it a core is not made again.
        #expect(Mirror(reflecting: Self.header.configuration).children.count == 9)
        #expect(Mirror(reflecting: Self.header.configuration.gossip).children.count == 7)
        #expect(Mirror(reflecting: ExchangeParameters()).children.count == 15)
    }

    @Test func theBoundsOfTheExchangeAreReadAsTheyWereWritten() throws {
        var header = Self.header
        var bounds = ExchangeParameters()
        (bounds.uploadSlots, bounds.downloadLimit, bounds.grantChunks) = (11, 12, 13)
        (bounds.receiverLimit, bounds.queueLimit, bounds.sourceLimit) = (14, 15, 16)
        (bounds.leastSlots, bounds.windowPercent, bounds.windowCycles, bounds.sparingLimit) = (7, 8, 9, 10)
        (bounds.memoryLimit, bounds.patienceCycles, bounds.receiverPatienceCycles) = (17, 18, 19)
        (bounds.windowTime, bounds.patience) = (.milliseconds(20), .milliseconds(21))
        header.configuration.exchange = bounds
        header.configuration.gossip.exchange = .bulk
        header.configuration.gossip.peerChoice = .leastRecentlyContacted
        header.configuration.gossip.peerSampling = .cyclon(viewSize: 21, shuffleLength: 20)
        header.own = PeerID(7)
        var rest = header.lines[...]
        #expect(try TraceHeader { () throws(TraceWords.Fault) in rest.popFirst() } == header)
    }

    @Test(arguments: [
        ("gotorrent-trace", "gotorrent-trace 2", "this is no trace; its first line must be gotorrent-trace 1"),
        ("fanout", "fanout 0", "0 where a number from 1 to 65535 must be"),
        ("fanout", "style push", "style where fanout must be"),
        ("style", "style shove", "shove where push, pull or push-pull must be"),
        ("chunks", "chunks 2097153", "2097153 where a number from 0 to 2097152 must be"),
        ("chunk-selection", "chunk-selection shove", "shove where random, rarest-first, useful"),
        ("peer-choice", "peer-choice any", "any where uniform or least-recently-contacted must be"),
        ("peer-sampling", "peer-sampling any", "any where tracker or cyclon must be"),
        (
            "peer-sampling", "peer-sampling cyclon view-size=257",
            "view-size=257 where view-size= and a number from 1 to 256"
        ),
        (
            "peer-sampling", "peer-sampling cyclon view-size=4 shuffle-length=5",
            "shuffle-length=5 where shuffle-length= and a number from 1 to 4"
        ),
        ("own", "own 3", "3 where a peer such as p3 must be"),
        ("exchange", "exchange upload-slots=2", "the line ends where least-slots= and a number from 1 to 1024"),
        ("exchange", "exchange upload-slots=0", "upload-slots=0 where upload-slots= and a number from 1 to 1024"),
        ("random-seed", "random-seed 1 2", "2 where the end of the line must be"),
        ("held", "held 0-9", "0-9 where chunks of the file's 9, such as 0-4,7, must be"),
        ("held", "held - wanted", "wanted where unwanted must be"),
        ("held", "held - unwanted 9", "9 where chunks of the file's 9, such as 0-4,7, must be"),
        ("held", "held 0-4 unwanted 4-5", "chunks are held and unwanted at once; none may be both"),
    ])
    func aWrongHeaderIsNamed(prefix: String, line: String, message: String) throws {
        var lines = Self.story
        let place = try place(prefix)
        lines[place] = line
        let error = #expect(throws: TraceError.self) { try replay(lines) }
        #expect(error?.line == place + 1 && error?.text.hasPrefix(message) == true, "\(error.debugDescription)")
    }

    /// The core counts on its shell to refuse them.
    @Test func whatNoNodeIsToldToDoIsRefused() throws {
        var header = Self.header
        header.configuration.gossip.peerSampling = .cyclon
        let strange = #expect(throws: TraceError.self) { try replay(header.lines) }
        #expect(strange?.text == "- where the own number of a node that shuffles must be, such as p0")
        header.configuration.gossip.peerSampling = .tracker
        header.configuration.gossip.chunkSelection = .coded
        header.configuration.exchange = ExchangeParameters()
        var error = #expect(throws: TraceError.self) { try replay(header.lines) }
        #expect(
            error?.text
                == "the selection coded is not for the exchange bulk; take another selection, such as rarest-first")
        header.configuration = PeerConfiguration(gossip: header.configuration.gossip, chunkCount: 256)
        header.held = ChunkSet(chunkCount: 256)
        error = #expect(throws: TraceError.self) { try replay(header.lines) }
        #expect(error?.text.hasPrefix("the selection coded takes files of at most 255 chunks") == true)
        error = #expect(throws: TraceError.self) { try replay(Self.header.lines + ["> cycleStarted 9007199254740993"]) }
        #expect(error?.text == "9007199254740993 where a cycle up to 9007199254740992 must be")
    }

    @Test func aTraceThatEndsInItsHeaderIsNamed() {
        #expect(throws: TraceError(line: 6, "the line ends where chunk-selection must be")) {
            try replay(Array(Self.story[..<5]))
        }
        #expect(throws: TraceError.self) { try replay([]) }
    }

    @Test(arguments: ["", "cycleStarted 1", "~ cycleStarted 1", "> ", ">cycleStarted 1"])
    func whatIsNoLineIsNamed(line: String) {
        let error = #expect(throws: TraceError.self) { try replay(Self.header.lines + [line]) }
        #expect(error?.line == Self.header.lines.count + 1)
    }

    /// Whatever a stranger writes, replaying it ends.
    @Test func changedTracesAreReplayedOrRefused() {
        var generator = RandomGenerator(seed: 2)
        for round in 0..<4_000 {
            var header = Self.header
            if round % 8 < 4 {
                header.configuration.gossip.peerSampling = .cyclon(viewSize: 3, shuffleLength: 2)
                header.own = PeerID(0)
            }
            switch round % 4 {
            case 0: header.configuration.exchange = ExchangeParameters()
            case 1: header.configuration.gossip.chunkSelection = .coded
            case 2: header.configuration.unwanted = Samples.set([1, 2, 8])
            default: break
            }
            var lines = header.lines
            for _ in 0..<12 {
                lines.append("> " + Samples.events[generator.index(below: Samples.events.count)].traceText)
            }
            // Without the actions nearly every trace ends at its second event that leads to something.
            _ = try? replay(lines)
        }
    }
}
