import GossipCore
import GossipWire
import Testing

@testable import GossipNode

struct PeerDirectoryTests {
    private func reference(_ port: Int) throws -> PeerReference {
        try #require(PeerReference("tcp://10.0.0.1:\(port)"))
    }

    @Test func anAddressKeepsItsNumber() throws {
        var directory = PeerDirectory()
        let first = directory.identifier(of: try reference(1))
        let second = directory.identifier(of: try reference(2))
        #expect(first != second)
        #expect(directory.identifier(of: try reference(1)) == first)
        #expect(directory[first] == (try reference(1)))
        #expect(directory[second] == (try reference(2)))
        #expect(directory[PeerID(7)] == nil)
    }

    @Test func aForgottenNumberIsNeverGivenAgain() throws {
        var directory = PeerDirectory()
        let first = directory.identifier(of: try reference(1))
        directory.forget(first)
        directory.forget(first)
        #expect(directory[first] == nil)
        let again = directory.identifier(of: try reference(1))
        #expect(again != first)
        #expect(directory[again] == (try reference(1)))
        #expect(directory.identifier(of: try reference(2)) != first)
    }

    @Test func aFewUnwantedOnesAreKeptAndManyAreForgotten() throws {
        var directory = PeerDirectory()
        for port in 1...256 { _ = directory.identifier(of: try reference(port)) }
        directory.forget { _ in false }
        #expect(directory[PeerID(0)] != nil)
        _ = directory.identifier(of: try reference(257))
        directory.forget { $0.rawValue % 2 == 0 }
        #expect((0..<257).filter { directory[PeerID($0)] != nil } == Array(stride(from: 0, to: 257, by: 2)))
        #expect(directory.identifier(of: try reference(1)) == PeerID(0))
        #expect(directory.identifier(of: try reference(2)) == PeerID(257))
    }

    /// However many strangers the tracker names, those that nobody wants do not pile up.
    @Test func itStaysSmall() throws {
        var directory = PeerDirectory()
        var greatest = 0
        for round in 0..<2_000 {
            _ = directory.identifier(of: try reference(1 + round))
            directory.forget { _ in false }
            greatest = max(greatest, (0...UInt32(round)).count { directory[PeerID($0)] != nil })
        }
        #expect((200...300).contains(greatest))
    }
}
