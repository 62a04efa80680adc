import GossipCore
import Testing

@testable import GossipNode

/// What links leave unread, in bytes and over time.
@Suite struct AnswerBookTests {
    private static func at(_ seconds: UInt64) -> TimePoint { TimePoint(nanoseconds: seconds * 1_000_000_000) }

    @Test func aLinkGetsNoMoreThanItMayLeaveUnread() {
        var book = AnswerBook(linkLimit: 10, limit: 25)
        #expect(book.hasRoom(40, at: [1]), "the first, however large, where all have room for it")
        book.give(6, to: [1], at: Self.at(0))
        #expect(book.hasRoom(4, at: [1]) && !book.hasRoom(5, at: [1]))
        #expect(book.hasRoom(10, at: [2]))
        book.take(6, by: [1], at: Self.at(1))
        #expect(book.hasRoom(10, at: [1]) && book.hasNothing(of: [1]) && book.isEmpty)
    }

    @Test func allLinksTogetherGetNoMoreThanTheNodeSpares() {
        var book = AnswerBook(linkLimit: 10, limit: 25)
        for link: UInt8 in 1...2 { book.give(10, to: [link], at: Self.at(0)) }
        #expect(book.hasRoom(5) && !book.hasRoom(6))
        book.take(4, by: [2], at: Self.at(0))
        #expect(book.bytes == 16 && book.hasRoom(9) && !book.hasNothing(of: [2]))
    }

    @Test func whoTakesNothingIsNamedTheLongestIdleFirst() {
        var book = AnswerBook(linkLimit: 10, limit: 100)
        book.give(1, to: [3], at: Self.at(1))
        book.give(1, to: [2], at: Self.at(0))
        book.give(1, to: [1], at: Self.at(1))
        book.give(5, to: [4], at: Self.at(0))
        // What it is given is nothing that it took.
        book.give(5, to: [2], at: Self.at(8))
        book.take(1, by: [4], at: Self.at(5))
        #expect(book.idleLinks(for: .seconds(10), at: Self.at(9)).isEmpty)
        #expect(book.idleLinks(for: .seconds(10), at: Self.at(10)) == [[2]])
        #expect(book.idleLinks(for: .seconds(10), at: Self.at(11)) == [[2], [1], [3]])
        #expect(book.idleLinks(for: .seconds(10), at: Self.at(15)).last == [4])
    }
}
