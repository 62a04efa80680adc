import GossipCore
import Metainfo
import Testing
import ZeroMQ

@testable import GossipNode

@Suite struct ReceiverDirectoryTests {
    @Test func aLinkKeepsItsNumberUntilItIsForgotten() {
        var directory = ReceiverDirectory()
        let first = directory.identifier(of: [1])
        let second = directory.identifier(of: [2])
        #expect(first != second && directory.identifier(of: [1]) == first)
        #expect(directory[second] == [2] && directory.count == 2)
        directory.forget(first)
        #expect(directory[first] == nil && directory.count == 1)
        let again = directory.identifier(of: [1])
        #expect(again != first, "what is still on its way to the old one must not fall upon the new one")
    }
}

@Suite struct ServedChunksTests {
    @Test func whatLeftIsToldInOrder() throws {
        let served = try ServedChunks()
        #expect(served.removeAll().isEmpty)
        for number in [UInt32(3), 1, 2] { served.add(ReceiverID(number)) }
        #expect(served.removeAll() == [ReceiverID(3), ReceiverID(1), ReceiverID(2)])
        #expect(served.removeAll().isEmpty)
    }

    /// Whether or not it was sent, the core must hear that a chunk takes no place any longer.
    @Test func releasedBytesAreTold() throws {
        let served = try ServedChunks()
        do {
            let frame = OutgoingChunk.frame(4, to: ReceiverID(7), served) { $0.copyBytes(from: [1, 2, 3, 4]) }
            #expect(frame.withUnsafeBytes { Array($0) } == [1, 2, 3, 4])
            #expect(served.removeAll().isEmpty)
        }
        #expect(served.removeAll() == [ReceiverID(7)])
    }
}

@Suite struct ExchangeParametersTests {
    @Test(arguments: [(UInt32(1), 64), (16 << 10, 64), (256 << 10, 4), (1 << 20, 1), (64 << 20, 1)])
    func aGrantIsForAMebibyteWhereChunksAreSmaller(chunkSize: UInt32, expected: Int) throws {
        let layout = try ChunkLayout(length: 1 << 30, chunkSize: chunkSize)
        let parameters = ExchangeParameters(layout, interval: .milliseconds(100))
        #expect(parameters.grantChunks == expected)
        #expect(parameters.uploadSlots == 4 * expected && parameters.downloadLimit == 8 * expected)
        #expect(parameters.patienceCycles == 53)
        #expect(ExchangeParameters(layout, interval: .seconds(1)).patienceCycles == 30)
    }
}
