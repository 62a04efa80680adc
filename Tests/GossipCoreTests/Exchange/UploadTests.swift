import GossipCore
import Testing

/// The source's half of the bulk exchange, one line a step.
@Suite struct UploadTests {
    private func open(_ art: String, epoch: UInt64 = 1) -> ExchangeRequest {
        .open(cycle: 1, whole(art, epoch: epoch), known: nil)
    }

    /// A node in cycle 1 whose receivers are granted as they come.
    private func source(
        _ held: String, separation: Separation = .relaxed, adjust: (inout ExchangeParameters) -> Void = { _ in }
    ) -> ExchangingPeer {
        let source = ExchangingPeer(held, separation: separation, adjust: adjust)
        _ = source.tick(1)
        return source
    }

    @Test func anOpeningIsAnsweredWithTheHoldingsAndAGrant() {
        let peer = source("x.x")
        #expect(
            peer.asked(open("..."), by: 1) == [
                "answer opened 1 holds x.x knows 0 queued [] to r1", "answer grant 1 1 suggests [] to r1",
            ])
        #expect(
            peer.asked(.want(cycle: 1, [2]), by: 1) == [
                "answer chunk 1/2 to r1", "answer grant 1 1 suggests [] to r1",
            ])
    }

    @Test func theUplinkIsGivenToOneAfterTheOther() {
        let peer = source("xxxx.") { $0.uploadSlots = 2 }
        #expect(peer.asked(open("....."), by: 1).last == "answer grant 1 1 suggests [] to r1")
        #expect(peer.asked(open("....."), by: 2).last == "answer grant 1 1 suggests [] to r2")
        #expect(peer.asked(open("....."), by: 3).count == 1, "both places are taken")
        #expect(peer.asked(.want(cycle: 1, [0]), by: 1) == ["answer chunk 1/0 to r1"])
        #expect(peer.asked(.want(cycle: 1, [1]), by: 2) == ["answer chunk 1/1 to r2"])
        #expect(peer.served(1) == ["answer grant 1 1 suggests [] to r3"])
        #expect(peer.served(2) == ["answer grant 1 1 suggests [] to r1"])
    }

    @Test func whoPassesMakesRoomUntilItIsReadyAgain() {
        let peer = source("x.") { $0.uploadSlots = 1 }
        #expect(peer.asked(open(".."), by: 1).last == "answer grant 1 1 suggests [] to r1")
        #expect(peer.asked(open(".."), by: 2).count == 1)
        #expect(peer.asked(.want(cycle: 1, []), by: 1) == ["answer grant 1 1 suggests [] to r2"])
        #expect(peer.asked(.want(cycle: 1, []), by: 2).isEmpty)
        #expect(peer.asked(.ready(cycle: 1), by: 1) == ["answer grant 1 1 suggests [] to r1"])
    }

    @Test func aSeedSuggestsEveryChunkOnceBeforeAnyTwice() {
        let seed = source("xxx") { $0.uploadSlots = 1 }
        var suggested: Set<String> = []
        var grant = seed.asked(open("..."), by: 1).last
        for _ in 0..<3 {
            suggested.insert(grant ?? "")
            #expect(grant?.contains("suggests [") == true && grant?.contains("[]") == false)
            // The receiver takes what it is told to take.
            let told = ["[0]", "[1]", "[2]"].firstIndex { grant?.contains($0) == true }
            _ = seed.asked(.want(cycle: 1, [ChunkID(told ?? 0)]), by: 1)
            grant = seed.served(1).last
        }
        #expect(suggested.count == 3)
        #expect(grant == "answer grant 1 1 suggests [] to r1", "everything was given away")
    }

    @Test func aSuggestionThatIsNotFollowedGoesToAnother() {
        let seed = source("x") { $0.uploadSlots = 1 }
        #expect(seed.asked(open("."), by: 1).last == "answer grant 1 1 suggests [0] to r1")
        #expect(seed.asked(open("."), by: 2).count == 1)
        #expect(seed.asked(.want(cycle: 1, []), by: 1) == ["answer grant 1 1 suggests [0] to r2"])
    }

    /// What a receiver chose where everything is promised would be on its way twice.
    @Test func aSeedGrantsWhatItSuggestsAndNothingElseWhileThatIsUnanswered() {
        let seed = source("xxx") { ($0.uploadSlots, $0.grantChunks) = (8, 2) }
        let first = seed.asked(open("..."), by: 1).last ?? ""
        #expect(first.hasPrefix("answer grant 1 2 suggests ["))
        let second = seed.asked(open("..."), by: 2).last ?? ""
        #expect(second.hasPrefix("answer grant 1 1 suggests ["), "two are promised")
        #expect(seed.asked(open("..."), by: 3).count == 1)
        let third = ["[0]", "[1]", "[2]"].firstIndex { second.contains($0) } ?? 0
        let others = (0..<3).filter { $0 != third }.map { ChunkID($0) }
        let answer = seed.asked(.want(cycle: 1, others), by: 1)
        #expect(answer == others.map { "answer chunk 1/\($0) to r1" }, "one is still promised")
        let last = seed.asked(.want(cycle: 1, [ChunkID(third)]), by: 2)
        #expect(last.contains { $0.hasPrefix("answer grant") && $0.hasSuffix("suggests [] to r3") })
    }

    /// Behind chunks on its way a grant may be answered only after the next opening, or the one after that.
    @Test func aGrantOutlivesOpeningsAndIsLostAtTheNinth() {
        let seed = source("xx") { $0.uploadSlots = 1 }
        let grant = seed.asked(open(".."), by: 1).last ?? ""
        #expect(grant.hasPrefix("answer grant 1 1 suggests ["))
        for cycle in Cycle(2)...9 {
            _ = seed.tick(cycle)
            #expect(seed.asked(.open(cycle: cycle, added([], since: 0), known: nil), by: 1).count == 1)
        }
        _ = seed.tick(10)
        let again = seed.asked(.open(cycle: 10, added([], since: 0), known: nil), by: 1)
        #expect(again.last?.hasPrefix("answer grant 10 1 suggests [") == true)
    }

    @Test func aGrantToANodeThatWasRestartedIsTakenBack() {
        let seed = source("x") { $0.uploadSlots = 1 }
        #expect(seed.asked(open("."), by: 1).last == "answer grant 1 1 suggests [0] to r1")
        #expect(seed.asked(open("."), by: 1).count == 1)
        #expect(seed.asked(open(".", epoch: 2), by: 1).last == "answer grant 1 1 suggests [0] to r1")
    }

    @Test func whatIsNotHeldIsAnsweredNone() {
        let peer = source("x..")
        _ = peer.asked(open("..."), by: 1)
        #expect(
            peer.asked(.want(cycle: 1, [1, 0, 7]), by: 1).prefix(3) == [
                "answer none 1/1 to r1", "answer none 1/7 to r1", "answer chunk 1/0 to r1",
            ])
        #expect(peer.counts.refused == 1, "there is no chunk 7")
    }

    @Test func whatWaitsCanBeCancelled() {
        let peer = source("xxxx.") { $0.queueLimit = 3 }
        _ = peer.asked(open("....."), by: 1)
        let lines = peer.asked(.want(cycle: 1, [0, 1, 2, 3]), by: 1)
        #expect(lines == ["answer none 1/3 to r1", "answer chunk 1/0 to r1"])
        #expect(peer.asked(.cancel(cycle: 1, [2, 0]), by: 1) == ["answer none 1/2 to r1"], "0 is on its way")
        #expect(peer.counts.refused == 1, "one more than the queue holds")
    }

    @Test func receiversBeyondTheLimitAreTold() {
        let peer = source("x.") { $0.receiverLimit = 1 }
        _ = peer.asked(open(".."), by: 1)
        #expect(peer.asked(open(".."), by: 2) == ["answer busy 1 to r2", "forget receiver r2"])
        #expect(peer.asked(.want(cycle: 1, [0]), by: 2) == ["answer busy 1 to r2", "forget receiver r2"])
    }

    @Test func whoWantsMoreThanWasGrantedWaitsForItsTurn() {
        let peer = source("xxxxxx.") { $0.uploadSlots = 2 }
        #expect(peer.asked(open("......."), by: 1).last == "answer grant 1 1 suggests [] to r1")
        #expect(peer.asked(open("......."), by: 2).last == "answer grant 1 1 suggests [] to r2")
        #expect(peer.asked(open("......."), by: 3).count == 1)
        #expect(peer.asked(.want(cycle: 1, [0, 1, 2, 3]), by: 1) == ["answer chunk 1/0 to r1"])
        #expect(peer.asked(.want(cycle: 1, [4]), by: 1).isEmpty, "asking again is of no use")
        #expect(peer.served(1) == ["answer grant 1 1 suggests [] to r3"], "whose turn it is")
        #expect(peer.asked(.want(cycle: 1, [5]), by: 2) == ["answer chunk 1/5 to r2"])
        #expect(peer.served(2) == ["answer chunk 1/1 to r1"])
        #expect(peer.served(1) == ["answer grant 1 1 suggests [] to r2"], "and not 2 and 3 as well")
    }

    @Test func whoWantsWithoutAGrantIsServedWhereThereIsRoom() {
        let peer = source("xxxx.") { $0.uploadSlots = 1 }
        #expect(peer.asked(.want(cycle: 1, [0, 1]), by: 1) == ["answer chunk 1/0 to r1"])
        #expect(peer.asked(.want(cycle: 1, [2]), by: 2).isEmpty)
        #expect(peer.served(1) == ["answer chunk 1/2 to r2"])
        #expect(peer.asked(.cancel(cycle: 1, [1]), by: 1) == ["answer none 1/1 to r1"])
        #expect(peer.served(2) == ["answer grant 1 1 suggests [] to r1"], "it may want something else")
    }

    @Test func whatWasWantedUnaskedForACycleIsNotSentInTheNext() {
        let peer = source("xxx.", separation: .strict) { $0.uploadSlots = 1 }
        #expect(peer.asked(.want(cycle: 1, [0, 1, 2]), by: 1) == ["answer chunk 1/0 to r1"])
        _ = peer.tick(2)
        #expect(peer.served(1).isEmpty, "it has not opened the exchange of this cycle")
        #expect(peer.asked(.want(cycle: 2, [2]), by: 1) == ["answer chunk 2/2 to r1"])
    }

    /// Nobody is granted without a suggestion while one is unanswered; but who never answers keeps nobody waiting for long.
    @Test func whoIgnoresGrantsKeepsNobodyWaiting() {
        let seed = source("x") { $0.uploadSlots = 2 }
        #expect(seed.asked(open("."), by: 1).last == "answer grant 1 1 suggests [0] to r1")
        #expect(seed.asked(open("."), by: 2).count == 1)
        for _ in 0..<8 { _ = seed.asked(open("."), by: 1) }
        #expect(seed.asked(open("."), by: 1).contains("answer grant 1 1 suggests [0] to r2"), "it is taken back")
        #expect(seed.asked(.want(cycle: 1, [0]), by: 2).first == "answer chunk 1/0 to r2")
    }

    @Test func whoTakesNothingMakesWayForOthers() {
        let peer = source("xx.") { $0.receiverLimit = 1 }
        _ = peer.asked(open("..."), by: 1)
        #expect(peer.asked(.want(cycle: 1, [0]), by: 1).first == "answer chunk 1/0 to r1")
        #expect(peer.asked(open("..."), by: 2) == ["answer busy 1 to r2", "forget receiver r2"])
        for cycle in Cycle(2)...3 { _ = peer.tick(cycle) }
        #expect(
            peer.asked(.open(cycle: 3, whole("..."), known: nil), by: 2) == [
                "forget receiver r1", "answer opened 3 holds xx. knows 0 queued [] to r2",
                "answer grant 3 1 suggests [] to r2",
            ])
        #expect(peer.served(1).isEmpty, "what it takes at last is nobody's concern")
    }

    @Test func whoWaitsForNewsHearsThemAtOnceAndOthersWithTheNextGrant() {
        let peer = ExchangingPeer("..", fanout: 1, peers: [9]) { $0.uploadSlots = 1 }
        _ = peer.tick(1)
        _ = peer.asked(open(".."), by: 1)
        _ = peer.asked(open(".."), by: 2)
        #expect(peer.asked(.want(cycle: 1, []), by: 1).last == "answer grant 1 1 suggests [] to r2")
        _ = peer.answered(.opened(cycle: 1, whole("xx"), known: nil, queued: []), from: 9)
        #expect(peer.answered(.grant(cycle: 1, credit: 1, suggested: [1]), from: 9) == ["ask want 1/[1] of p9"])
        let came = peer.answered(.chunk(cycle: 1, chunk: 1), from: 9)
        #expect(came.filter { $0.hasPrefix("answer") } == ["answer got 1 holds .x to r1"])
        let next = peer.asked(.want(cycle: 1, []), by: 2)
        #expect(next.isEmpty, "nobody is hungry")
        #expect(
            peer.asked(.ready(cycle: 1), by: 2) == [
                "answer got 1 holds .x to r2", "answer grant 1 1 suggests [] to r2",
            ])
    }

    @Test func aReceiverThatDoesNotReturnIsForgotten() {
        let peer = source("x.")
        _ = peer.asked(open(".."), by: 1)
        for cycle in Cycle(2)...4 { #expect(!peer.tick(cycle).contains("forget receiver r1")) }
        #expect(peer.tick(5).contains("forget receiver r1"))
        #expect(peer.asked(.cancel(cycle: 5, [0]), by: 1) == ["forget receiver r1"], "nor remembered for a word")
    }

    @Test func aLinkThatTakesNothingNoLongerTakesAPlace() {
        let peer = source("xx.") { $0.uploadSlots = 1 }
        _ = peer.asked(open("..."), by: 1)
        #expect(peer.asked(.want(cycle: 1, [0]), by: 1) == ["answer chunk 1/0 to r1"])
        for cycle in Cycle(2)...3 { _ = peer.tick(cycle) }
        let lines = peer.asked(.open(cycle: 3, whole("..."), known: nil), by: 2)
        #expect(lines.last == "answer grant 3 1 suggests [] to r2")
    }

    @Test func whereCyclesAreKeptApartOthersCyclesWaitOrAreNotServed() {
        let peer = source("x.", separation: .strict)
        #expect(peer.asked(.open(cycle: 2, whole(".."), known: nil), by: 1).isEmpty)
        #expect(peer.asked(.open(cycle: 4, whole(".."), known: nil), by: 2) == ["forget receiver r2"])
        #expect(peer.counts.early == 1)
        #expect(peer.tick(2).contains("answer opened 2 holds x. knows 0 queued [] to r1"))
        #expect(peer.asked(.want(cycle: 1, [0]), by: 1).isEmpty, "its cycle is over")
        #expect(peer.asked(.want(cycle: 2, [0]), by: 1).first == "answer chunk 2/0 to r1")
    }

    @Test func whereCyclesAreKeptApartWhatCameIsToldInTheNext() {
        let peer = ExchangingPeer("..", separation: .strict, fanout: 1, peers: [9])
        _ = peer.tick(1)
        _ = peer.asked(open(".."), by: 1)
        _ = peer.asked(.want(cycle: 1, []), by: 1)
        _ = peer.answered(.opened(cycle: 1, whole("xx"), known: nil, queued: []), from: 9)
        _ = peer.answered(.grant(cycle: 1, credit: 1, suggested: [1]), from: 9)
        #expect(peer.answered(.chunk(cycle: 1, chunk: 1), from: 9).allSatisfy { !$0.hasPrefix("answer") })
        #expect(peer.asked(.want(cycle: 1, [1]), by: 1) == ["answer none 1/1 to r1"])
        _ = peer.tick(2)
        let lines = peer.asked(.open(cycle: 2, whole(".."), known: nil), by: 1)
        #expect(lines.first == "answer opened 2 holds .x knows 0 queued [] to r1")
    }
}
