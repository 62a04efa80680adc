import Testing
import ZeroMQ

@testable import GossipNode

@Suite struct MailboxTests {
    @Test func lettersAreReadInOrderAndOnce() throws {
        let mail = try Mailbox<Int>()
        #expect(mail.removeAll().isEmpty)
        for number in [3, 1, 2] { mail.add(number) }
        #expect(mail.removeAll() == [3, 1, 2])
        #expect(mail.removeAll().isEmpty)
        mail.add(4)
        #expect(mail.removeAll() == [4])
    }

    /// Whether or not it was sent, the core must hear that a chunk takes no place any longer.
    @Test func releasedBytesAreTold() throws {
        let mail = try Mailbox<Int>()
        do {
            let frame = OutgoingChunk.frame(4, { mail.add(7) }, { $0.copyBytes(from: [1, 2, 3, 4]) })
            #expect(frame.withUnsafeBytes { Array($0) } == [1, 2, 3, 4])
            #expect(mail.removeAll().isEmpty)
        }
        #expect(mail.removeAll() == [7])
    }
}
