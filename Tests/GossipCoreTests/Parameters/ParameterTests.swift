import Testing

@testable import GossipCore

@Suite struct ParameterTests {
    @Test func theClassroomsDefaults() {
        let gossip = GossipParameters()
        #expect(gossip.style == .pushPull && gossip.fanout == 2)
        #expect(gossip.chunkSelection == .random && gossip.separation == .strict)
    }

    @Test func stylesSayWhoMovesAChunk() {
        #expect(GossipStyle.allCases.map(\.pushes) == [true, false, true])
        #expect(GossipStyle.allCases.map(\.pulls) == [false, true, true])
    }

    @Test func namesAreThoseOfTheTopologyFile() {
        #expect(GossipStyle.allCases.map(\.rawValue) == ["push", "pull", "push-pull"])
        #expect(
            ChunkSelection.allCases.map(\.rawValue) == [
                "random", "rarest-first", "useful", "latest-useful", "in-order", "coded",
            ])
        #expect(ChunkSelection.ofWholeChunks == ChunkSelection.allCases.filter { $0 != .coded })
        #expect(PartnerChoice.allCases.map(\.rawValue) == ["uniform", "least-recently-contacted"])
        #expect(Separation.allCases.map(\.rawValue) == ["strict", "relaxed"])
        #expect(NodeRole.allCases.map(\.rawValue) == ["seed", "peer"])
    }

    @Test func requestsTellTheirCycle() {
        #expect(PeerRequest.push(cycle: 3, chunk: 0).cycle == 3)
        #expect(PeerRequest.pull(cycle: 4, chunk: 0).cycle == 4)
        #expect(PeerRequest.have(cycle: 5, digest: nil).cycle == 5)
        #expect(PeerRequest.coded(cycle: 6, CodedVector([1])).cycle == 6)
        #expect(PeerRequest.pullCoded(cycle: 7).cycle == 7)
    }

    /// A million simulated nodes hold these by the millions: what is large lies behind a pointer.
    @Test func messagesStaySmall() {
        #expect(MemoryLayout<PeerRequest>.stride <= 40)
        #expect(MemoryLayout<PeerReply>.stride <= 32)
    }

    @Test func codedFilesHaveFewChunks() {
        #expect(ChunkSelection.coded.fault(chunkCount: 255) == nil)
        #expect(ChunkSelection.random.fault(chunkCount: .max) == nil)
        #expect(
            ChunkSelection.coded.fault(chunkCount: 256)
                == "the selection coded takes files of at most 255 chunks, and this one has 256; take larger chunks or "
                + "another selection")
    }
}

@Suite struct MessageCountsTests {
    /// Counts that differ in every field: `factor` times its place, counted from 1.
    private func counts(_ factor: UInt64) -> MessageCounts {
        var counts = MessageCounts()
        for (index, field) in MessageCounts.fields.enumerated() {
            counts[keyPath: field.path] = UInt64(index + 1) * factor
        }
        return counts
    }

    @Test func everyCounterHasAName() {
        #expect(Set(MessageCounts.fields.map(\.name)).count == 12)
        #expect(Set(MessageCounts.fields.map(\.path)).count == 12)
        // The last word of the value leads to the rare ones.
        #expect(
            Mirror(reflecting: MessageCounts()).children.count - 1 + Mirror(reflecting: RareCounts()).children.count
                == 12)
        #expect(counts(1).sent == 1 && counts(1).useful == 2 && counts(1).unanswered == 11)
    }

    @Test func sumsAndDifferences() {
        var sum = counts(2)
        sum += counts(5)
        #expect(sum == counts(7))
        #expect(sum.since(counts(3)) == counts(4))
        #expect(sum.since(MessageCounts()) == sum)
    }

    @Test func aRestartedNodeShowsWhatItCountedSince() {
        var restarted = MessageCounts()
        restarted.sent = 4
        #expect(restarted.since(counts(100)) == restarted)
    }

    @Test func sumsOfWhatAStrangerReportsDoNotTrap() {
        var sum = MessageCounts()
        sum.sent = .max
        sum += counts(2)
        #expect(sum.sent == 1)
    }
}
