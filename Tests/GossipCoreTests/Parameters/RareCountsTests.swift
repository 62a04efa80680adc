import Testing

@testable import GossipCore

@Suite struct RareCountsTests {
    @Test func everyCounterHasAPlaceOfItsOwn() {
        for (index, field) in MessageCounts.fields.enumerated() {
            var counts = MessageCounts()
            counts[keyPath: field.path] += UInt64(index) + 1
            for other in MessageCounts.fields {
                #expect(counts[keyPath: other.path] == (other.name == field.name ? UInt64(index) + 1 : 0))
            }
            #expect(counts != MessageCounts())
            counts[keyPath: field.path] = 0
            #expect(counts == MessageCounts() && counts.hashValue == MessageCounts().hashValue)
        }
    }

    @Test func aCopyIsOnesOwn() {
        var counts = MessageCounts()
        counts.corrupt = 3
        var copy = counts
        copy.corrupt += 1
        #expect(counts.corrupt == 3 && copy.corrupt == 4)
        copy += counts
        #expect(copy.corrupt == 7 && copy.since(counts).corrupt == 4)
        #expect(MessageCounts().since(counts).corrupt == 0)
    }

    /// What a million simulated nodes carry.
    @Test func aNodeIsSmall() {
        #expect(MemoryLayout<MessageCounts>.stride <= 40)
        #expect(MemoryLayout<PeerStateMachine>.stride <= 288)
        #expect(MemoryLayout<PeerRequest>.stride <= 40)
    }
}
