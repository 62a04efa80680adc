import GossipCore
import Testing

@testable import GossipSimulation

@Suite struct NodeDirectoryTests {
    @Test func numbersAreGivenInOrderAndNeverTwice() {
        var directory = NodeDirectory()
        #expect(directory[PeerID(0)] == nil)
        #expect(directory.knownIdentifier(of: 7) == nil)
        #expect(directory.identifier(of: 7) == PeerID(0))
        #expect(directory.identifier(of: 3) == PeerID(1))
        #expect(directory.identifier(of: 7) == PeerID(0))
        #expect(directory[PeerID(0)] == 7)
        directory.forget(PeerID(0))
        #expect(directory[PeerID(0)] == nil)
        #expect(directory.knownIdentifier(of: 7) == nil)
        #expect(directory.identifier(of: 7) == PeerID(2))
    }

    @Test func everyoneHasTheirOwnNumberUntilTheyAreForgotten() {
        var directory = NodeDirectory(everyoneBelow: 4)
        #expect(directory.identifier(of: 3) == PeerID(3))
        #expect(directory[PeerID(2)] == 2)
        #expect(directory[PeerID(4)] == nil)
        directory.forget(PeerID(3))
        #expect(directory[PeerID(3)] == nil)
        #expect(directory.knownIdentifier(of: 3) == nil)
        #expect(directory.identifier(of: 3) == PeerID(4))
        #expect(directory[PeerID(4)] == 3)
        directory.forget(PeerID(4))
        #expect(directory.identifier(of: 3) == PeerID(5))
    }
}
