import GossipCore
import Testing

/// The receiver's half of the bulk exchange, one line a step.
@Suite struct DownloadTests {
    /// A peer without chunks that opened the exchange with p1 and p2, who hold what `first` and `second` say.
    private func receiver(
        _ first: String, _ second: String, separation: Separation = .relaxed,
        adjust: (inout ExchangeParameters) -> Void = { _ in }
    ) -> ExchangingPeer {
        let none = String(repeating: ".", count: first.utf8.count)
        let peer = ExchangingPeer(none, separation: separation, peers: [1, 2], adjust: adjust)
        #expect(
            Set(peer.tick(1)) == [
                "ask open 1 holds \(none) knows nothing of p1", "ask open 1 holds \(none) knows nothing of p2",
            ])
        #expect(peer.answered(.opened(cycle: 1, whole(first), known: nil, queued: []), from: 1).isEmpty)
        #expect(peer.answered(.opened(cycle: 1, whole(second, epoch: 2), known: nil, queued: []), from: 2).isEmpty)
        return peer
    }

    private func grant(_ suggested: [ChunkID] = [], cycle: Cycle = 1, credit: UInt32 = 1) -> ExchangeReply {
        .grant(cycle: cycle, credit: credit, suggested: suggested)
    }

    @Test func aGrantIsAnsweredWithTheRarestChunkThatNobodyElseWasAskedFor() {
        let peer = receiver("xxx", "xx.")
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[2] of p1"])
        let first = peer.answered(grant(), from: 2)
        #expect(first == ["ask want 1/[0] of p2"] || first == ["ask want 1/[1] of p2"])
        let second = peer.answered(grant(), from: 1)
        #expect(second != first && second.count == 1)
        #expect(peer.answered(grant(), from: 2) == ["ask want 1/[] of p2"], "all three are on their way")
        #expect(peer.counts.sent == 3)
    }

    @Test func aSuggestionIsFollowedWhereItHelps() {
        let peer = receiver("xxxx", "xxxx")
        #expect(peer.answered(grant([2]), from: 1) == ["ask want 1/[2] of p1"])
        #expect(peer.answered(grant([2, 3]), from: 2) == ["ask want 1/[3] of p2"])
        #expect(peer.answered(grant([9]), from: 2) != ["ask want 1/[9] of p2"], "there is no such chunk")
    }

    /// Whose link may be closed: nothing comes on it that was asked for.
    @Test func aPartnerMayAnswerAndSoMayWhoWasAskedForAChunk() {
        let peer = receiver("xxx", "xx.")
        func mayAnswer(_ id: PeerID) -> Bool { peer.peer.machine.mayAnswerInBulk(id) }
        #expect(mayAnswer(1) && mayAnswer(2) && !mayAnswer(3))
        #expect(peer.answered(grant([2]), from: 1) == ["ask want 1/[2] of p1"])
        _ = peer.answered(.busy(cycle: 1), from: 1)
        _ = peer.answered(.busy(cycle: 1), from: 2)
        #expect(mayAnswer(1), "chunk 2 is on its way")
        #expect(!mayAnswer(2))
        _ = peer.answered(.chunk(cycle: 1, chunk: 2), from: 1)
        #expect(!mayAnswer(1))
    }

    @Test func noMoreAreOnTheirWayThanTheLimitAllows() {
        let peer = receiver("xxx", "xxx") { $0.downloadLimit = 1 }
        #expect(peer.answered(grant([0]), from: 1) == ["ask want 1/[0] of p1"])
        #expect(peer.answered(grant([1]), from: 2) == ["ask want 1/[] of p2"])
        let came = peer.answered(.chunk(cycle: 1, chunk: 0), from: 1)
        #expect(came.first == "store chunk 0", "as long as it is verified it is in memory, and takes a place")
        #expect(came.contains("ask ready 1 of p2"), "the one that was passed is told that there is room")
        #expect(peer.peer.held == "x..")
    }

    /// A peer in cycle 2 to which p2 gave the first 32 chunks in cycle 1. Of those that follow p1, who is complete, and p2
    /// hold what `first` and `second` say.
    private func suppliedReceiver(_ first: String, _ second: String) -> ExchangingPeer {
        let common = String(repeating: "x", count: 32)
        let peer = receiver(common + first, common + second) { ($0.downloadLimit, $0.sparingLimit) = (8, 1) }
        for chunk in ChunkID(0)..<32 {
            #expect(peer.answered(grant([chunk]), from: 2) == ["ask want 1/[\(chunk)] of p2"])
            #expect(peer.answered(.chunk(cycle: 1, chunk: chunk), from: 2).contains("store chunk \(chunk)"))
        }
        _ = peer.tick(2)
        for (source, art) in [(PeerID(1), first), (2, second)] {
            let holdings = whole(common + art, epoch: UInt64(source.rawValue))
            _ = peer.answered(.opened(cycle: 2, holdings, known: nil, queued: []), from: source)
        }
        return peer
    }

    /// Where the line is not what holds a node up, a seed is left to those who need it.
    @Test func aCompleteSourceIsSparedWhereAnotherHasWhatItOffers() {
        let peer = suppliedReceiver("xxxx", "xx..")
        let first = peer.answered(grant(cycle: 2), from: 1)
        #expect(first == ["ask want 2/[34] of p1"] || first == ["ask want 2/[35] of p1"])
        let second = peer.answered(grant(cycle: 2), from: 1)
        #expect(second != first && second.first?.hasPrefix("ask want 2/[3") == true, "no other has it")
        #expect(peer.answered(grant(cycle: 2), from: 1) == ["ask want 2/[] of p1"], "the other one has the rest")
        #expect(peer.answered(grant([32], cycle: 2), from: 2) == ["ask want 2/[32] of p2"])
    }

    /// It gave away what it no longer suggests, and what nobody has yet is on its way to somebody.
    @Test func aSparedSourceThatSuggestsIsAskedForNothingElse() {
        let peer = suppliedReceiver("xxxx", "xx..")
        #expect(peer.answered(grant([32], cycle: 2), from: 1) == ["ask want 2/[32] of p1"])
        #expect(peer.answered(grant([33], cycle: 2), from: 1) == ["ask want 2/[] of p1"])
        #expect(peer.answered(grant([34], cycle: 2), from: 1) == ["ask want 2/[34] of p1"])
        #expect(peer.answered(grant(cycle: 2), from: 1) == ["ask want 2/[] of p1"])
    }

    @Test func aSparedSourceIsCalledWhenNothingElseIsOnItsWay() {
        let peer = suppliedReceiver("xxx", "x..")
        #expect(peer.answered(grant([33], cycle: 2), from: 1) == ["ask want 2/[33] of p1"])
        #expect(peer.answered(grant([34], cycle: 2), from: 1) == ["ask want 2/[34] of p1"])
        #expect(peer.answered(grant([32], cycle: 2), from: 1) == ["ask want 2/[] of p1"])
        #expect(!peer.answered(.chunk(cycle: 2, chunk: 33), from: 1).contains("ask ready 2 of p1"))
        #expect(peer.answered(.chunk(cycle: 2, chunk: 34), from: 1).contains("ask ready 2 of p1"))
        #expect(peer.answered(grant([32], cycle: 2), from: 1) == ["ask want 2/[32] of p1"])
    }

    /// What unfinished sources were asked for takes as long as it does on busy lines: the seed's is as good as theirs.
    @Test func noSourceIsSparedWhereTheOthersLinesAreBusy() {
        let peer = suppliedReceiver("xxxx", "xxx.")
        #expect(peer.answered(grant([32], cycle: 2), from: 2) == ["ask want 2/[32] of p2"])
        #expect(peer.answered(grant([34], cycle: 2), from: 1) == ["ask want 2/[] of p1"], "four came in a cycle")
        #expect(peer.answered(grant([33], cycle: 2), from: 2) == ["ask want 2/[33] of p2"])
        #expect(peer.answered(grant([34], cycle: 2), from: 1) == ["ask want 2/[34] of p1"])
    }

    /// One that joins when all others are complete has nobody else to ask.
    @Test func amongCompleteSourcesNoneIsSpared() {
        let peer = receiver("xxxx", "xxxx") { ($0.downloadLimit, $0.sparingLimit) = (4, 1) }
        for chunk in ChunkID(0)..<4 {
            let source = PeerID(1 + chunk % 2)
            #expect(peer.answered(grant([chunk]), from: source) == ["ask want 1/[\(chunk)] of p\(source.rawValue)"])
        }
    }

    @Test func whoHasNothingIsCalledWhenItGotSomething() {
        let peer = receiver("...", "...")
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[] of p1"])
        #expect(peer.answered(.got(cycle: 1, added([1], since: 0)), from: 1) == ["ask ready 1 of p1"])
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[1] of p1"])
        #expect(peer.answered(.got(cycle: 1, added([0], since: 5)), from: 1).isEmpty)
        #expect(peer.counts.refused == 1, "an addition to what is not known")
    }

    @Test func aChunkIsKeptAndPassedOnAtOnce() {
        let peer = receiver("xxx", "...")
        _ = peer.asked(.open(cycle: 1, whole("..."), known: nil), by: 7)
        #expect(peer.answered(grant([1]), from: 1) == ["ask want 1/[1] of p1"])
        let lines = peer.answered(.chunk(cycle: 1, chunk: 1), from: 1)
        #expect(lines == ["store chunk 1"])
        #expect(peer.counts.useful == 1)
        #expect(peer.answered(.chunk(cycle: 1, chunk: 1), from: 1).isEmpty)
        #expect(peer.counts.refused == 1, "what was not asked for is not even looked at")
    }

    @Test func whatASourceDoesNotHoldIsAskedOfAnother() {
        let peer = receiver("x..", "x..")
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[0] of p1"])
        #expect(peer.answered(grant(), from: 2) == ["ask want 1/[] of p2"])
        #expect(peer.answered(.none(cycle: 1, chunk: 0), from: 1) == ["ask ready 1 of p2"])
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[] of p1"], "it said that it does not hold it")
        #expect(peer.counts.missed == 1)
    }

    @Test func wrongBytesAreAskedOfAnother() {
        let peer = receiver("x..", "x..")
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[0] of p1"])
        #expect(peer.answered(grant(), from: 2) == ["ask want 1/[] of p2"])
        let lines = peer.answeredWrongly(0, in: 1, from: 1)
        #expect(lines == ["report corrupt chunk 0", "ask ready 1 of p2"])
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[] of p1"])
        #expect(peer.counts.corrupt == 1)
    }

    @Test func aChunkOfAnEarlierCycleIsLateAndKept() {
        let peer = receiver("xx", "..")
        #expect(peer.answered(grant([0]), from: 1) == ["ask want 1/[0] of p1"])
        _ = peer.tick(2)
        #expect(peer.answered(.chunk(cycle: 1, chunk: 0), from: 1).first == "store chunk 0")
        #expect(peer.counts.late == 1 && peer.counts.lateKept == 1 && peer.peer.held == "x.")
    }

    @Test func whereCyclesAreKeptApartItIsLateAndDropped() {
        let peer = receiver("xx", "..", separation: .strict)
        #expect(peer.answered(grant([0]), from: 1) == ["ask want 1/[0] of p1"])
        _ = peer.tick(2)
        #expect(peer.answered(.chunk(cycle: 1, chunk: 0), from: 1).isEmpty)
        #expect(peer.counts.late == 1 && peer.counts.lateKept == 0 && peer.peer.held == "..")
        _ = peer.answered(.opened(cycle: 2, added([], since: 0), known: nil, queued: []), from: 1)
        #expect(peer.answered(grant([0], cycle: 2), from: 1) == ["ask want 2/[0] of p1"], "it is wanted again")
    }

    @Test func whatARestartedSourceForgotIsWantedAgain() {
        let peer = receiver("xx", "..")
        #expect(peer.answered(grant([0], credit: 1), from: 1) == ["ask want 1/[0] of p1"])
        _ = peer.tick(2)
        let restarted = whole("xx", epoch: 9)
        _ = peer.answered(.opened(cycle: 1, restarted, known: nil, queued: []), from: 1)
        #expect(peer.counts.unanswered == 0, "the answer is to an opening before which nothing was asked for")
        _ = peer.answered(.opened(cycle: 2, restarted, known: nil, queued: [0]), from: 1)
        #expect(peer.counts.unanswered == 0, "it is going to send it")
        _ = peer.answered(.opened(cycle: 2, restarted, known: nil, queued: []), from: 1)
        #expect(peer.counts.unanswered == 1)
        #expect(peer.answered(grant([0], cycle: 2), from: 1) == ["ask want 2/[0] of p1"])
    }

    @Test func aSlowSourceIsRelievedInTheEnd() {
        let peer = receiver("x.", "x.")
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[0] of p1"])
        for cycle in Cycle(2)...6 {
            open(peer, "x.", in: cycle, queued: [0])
            let lines = peer.answered(grant(cycle: cycle), from: 2)
            #expect(
                lines
                    == (cycle < 6
                        ? ["ask want \(cycle)/[] of p2"] : ["ask cancel 6/[0] of p1", "ask want 6/[0] of p2"]))
        }
        #expect(peer.answered(.none(cycle: 6, chunk: 0), from: 1).isEmpty)
        #expect(peer.counts.cancelled == 1 && peer.counts.missed == 0)
        #expect(peer.answered(.chunk(cycle: 6, chunk: 0), from: 2).first == "store chunk 0")
    }

    /// That a slow source takes long is no reason to wait for it for longer.
    @Test func howLongOneMayTakeIsMeasuredByWhoWouldHelp() {
        let peer = receiver("xx.", "xx.")
        #expect(peer.answered(grant([0]), from: 1) == ["ask want 1/[0] of p1"])
        for cycle in Cycle(2)...5 { open(peer, "xx.", in: cycle, queued: [0]) }
        #expect(peer.answered(.chunk(cycle: 5, chunk: 0), from: 1).first == "store chunk 0", "it took four cycles")
        #expect(peer.answered(grant([1], cycle: 5), from: 1) == ["ask want 5/[1] of p1"])
        for cycle in Cycle(6)...9 { open(peer, "xx.", in: cycle, queued: [1]) }
        #expect(peer.answered(grant(cycle: 9), from: 2) == ["ask want 9/[] of p2"])
        open(peer, "xx.", in: 10, queued: [1])
        #expect(peer.answered(grant(cycle: 10), from: 2) == ["ask cancel 10/[1] of p1", "ask want 10/[1] of p2"])
    }

    /// A cycle begins, and both sources answer the opening.
    private func open(_ peer: ExchangingPeer, _ art: String, in cycle: Cycle, queued: [ChunkID]) {
        _ = peer.tick(cycle)
        for source in [PeerID(1), 2] {
            let holds = whole(art, epoch: UInt64(source.rawValue))
            _ = peer.answered(.opened(cycle: cycle, holds, known: nil, queued: queued), from: source)
        }
    }

    @Test func aSourceThatSaysNothingIsDroppedAndItsChunksAreAskedOfOthers() {
        let peer = receiver("xx", "xx")
        #expect(peer.answered(grant([0]), from: 1) == ["ask want 1/[0] of p1"])
        var dropped: Cycle?
        for cycle in Cycle(2)...6 where dropped == nil {
            if peer.tick(cycle).contains("drop link to p1") { dropped = cycle }
            _ = peer.answered(.opened(cycle: cycle, whole("xx", epoch: 2), known: nil, queued: []), from: 2)
        }
        #expect(dropped == 5, "three cycles in a row without a word")
        #expect(peer.answered(grant([0], cycle: 5), from: 2) == ["ask want 5/[0] of p2"])
    }

    @Test func whoIsNoPartnerAnyMoreIsPassed() {
        let peer = ExchangingPeer("..", fanout: 1, peers: [1])
        _ = peer.tick(1)
        _ = peer.answered(.opened(cycle: 1, whole("xx"), known: nil, queued: []), from: 1)
        _ = peer.peer.machine.handle(.peerGone(1))
        #expect(peer.answered(grant(), from: 1).isEmpty)
        #expect(peer.counts.refused == 1, "nor is a word of it listened to")
    }

    @Test func whoeverOpensIsAskedInReturnWhereItHelps() {
        let peer = ExchangingPeer("x..")
        _ = peer.tick(1)
        let useless = peer.asked(.open(cycle: 1, whole("x.."), known: nil), by: 1, opener: 5)
        #expect(!useless.contains { $0.hasPrefix("ask") })
        let useful = peer.asked(.open(cycle: 1, whole(".x."), known: nil), by: 2, opener: 6)
        #expect(useful.contains("ask open 1 holds x.. knows nothing of p6"))
        let again = peer.asked(.open(cycle: 1, whole(".x."), known: nil), by: 2, opener: 6)
        #expect(!again.contains { $0.hasPrefix("ask") }, "once a cycle")
    }

    @Test func whoHasEverythingAsksNobodyThatHasEverything() {
        let seed = ExchangingPeer("xx", fanout: 1, peers: [1])
        #expect(seed.tick(1) == ["ask open 1 holds everything knows nothing of p1"])
        _ = seed.answered(.opened(cycle: 1, whole("xx"), known: nil, queued: []), from: 1)
        #expect(seed.tick(2).isEmpty)
    }

    @Test func whatNoLinkTookIsAskedOfAnother() {
        let peer = receiver("x.", "x.")
        #expect(peer.answered(grant(), from: 1) == ["ask want 1/[0] of p1"])
        #expect(peer.answered(grant(), from: 2) == ["ask want 1/[] of p2"])
        #expect(peer.undelivered(.want(cycle: 1, [0]), to: 1) == ["ask ready 1 of p2"])
        #expect(peer.counts.undelivered == 1)
    }
}

/// Sources beyond what is remembered.
@Suite struct SourceMemoryTests {
    @Test func aPeerThatMayBeDrawnAgainKeepsItsLink() {
        let peer = ExchangingPeer("x.", fanout: 1, peers: [1, 2, 3]) { $0.memoryLimit = 1 }
        for cycle in Cycle(1)...20 {
            let lines = peer.tick(cycle)
            #expect(lines.count == 1 && lines[0].hasPrefix("ask open \(cycle)"), "\(lines)")
            for source in [PeerID(1), 2, 3] {
                _ = peer.answered(.opened(cycle: cycle, whole("x."), known: nil, queued: []), from: source)
            }
        }
    }

    @Test func aStrangerThatIsForgottenLosesIts() {
        let peer = ExchangingPeer("x.") { $0.memoryLimit = 1 }
        _ = peer.tick(1)
        #expect(peer.asked(.open(cycle: 1, whole("xx"), known: nil), by: 1, opener: 7).last?.hasSuffix("of p7") == true)
        _ = peer.tick(2)
        let lines = peer.asked(.open(cycle: 2, whole("xx"), known: nil), by: 2, opener: 8)
        #expect(lines.contains("drop link to p7") && lines.last?.hasSuffix("of p8") == true)
    }
}
