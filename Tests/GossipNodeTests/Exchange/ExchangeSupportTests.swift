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

@Suite struct ExchangeParametersTests {
    @Test(arguments: [(UInt32(1), 64), (16 << 10, 64), (256 << 10, 4), (1 << 20, 1), (64 << 20, 1)])
    func aGrantIsForAMebibyteWhereChunksAreSmaller(chunkSize: UInt32, expected: Int) throws {
        let layout = try ChunkLayout(length: 1 << 30, chunkSize: chunkSize)
        let parameters = ExchangeParameters(layout, interval: .milliseconds(100))
        #expect(parameters.grantChunks == expected)
        #expect(parameters.uploadSlots == (chunkSize > 4 << 20 ? 2 : 4 * expected))
        #expect(parameters.downloadLimit == (chunkSize > 4 << 20 ? 2 : 8 * expected))
        #expect(parameters.patienceCycles == 53)
        #expect(ExchangeParameters(layout, interval: .seconds(1)).patienceCycles == 30)
    }

    /// What is granted is carried within a tenth of a second and half of one, whatever the cycle.
    @Test(arguments: [(UInt64(10), 10, 150), (30, 3, 166), (100, 1, 150), (1_000, 1, 15), (60_000, 1, 1)])
    func theUplinkIsMeasuredOverATenthOfASecond(interval: UInt64, cycles: Int, percent: Int) throws {
        let parameters = ExchangeParameters(
            try ChunkLayout(length: 1, chunkSize: 1 << 20), interval: .milliseconds(interval))
        #expect(parameters.windowCycles == cycles && parameters.windowPercent == percent)
    }

    /// A node with a limit has no more under way than the limit lets through in a quarter of a second.
    @Test(arguments: [(UInt64(1_000_000), 3, 3), (100_000, 1, 2), (1, 1, 2), (1 << 40, 256, 512)])
    func limitsKeepLessUnderWay(rate: UInt64, slots: Int, downloads: Int) throws {
        let layout = try ChunkLayout(length: 1 << 30, chunkSize: 64 << 10)
        let up = ExchangeParameters(layout, interval: .milliseconds(100), uploadLimit: rate)
        #expect(up.uploadSlots == min(slots, 64) && up.grantChunks == min(slots, 16) && up.downloadLimit == 128)
        let down = ExchangeParameters(layout, interval: .milliseconds(100), downloadLimit: rate)
        #expect(down.downloadLimit == min(downloads, 128) && down.grantChunks == min(downloads, 16))
        #expect(down.uploadSlots == 64)
    }

    /// All nodes of a process together have no more under way than one alone, but for a chunk or two each.
    @Test(arguments: [2, 5, 20, 50]) func nodesShareWhatMayBeUnderWay(nodeCount: Int) throws {
        let layout = try ChunkLayout(length: 1 << 30, chunkSize: 64 << 10)
        let alone = ExchangeParameters(layout, interval: .milliseconds(100), uploadLimit: 8 << 20)
        let each = ExchangeParameters(
            layout, interval: .milliseconds(100), uploadLimit: 8 << 20, nodeCount: nodeCount)
        #expect(alone.uploadSlots == 32 && alone.downloadLimit == 128)
        #expect(each.uploadSlots == max(1, 32 / nodeCount))
        #expect(each.downloadLimit <= max(2, 256 / nodeCount) && each.downloadLimit >= 2)
        #expect(each.grantChunks <= each.uploadSlots && each.queueLimit >= each.grantChunks)
        let unlimited = ExchangeParameters(layout, interval: .milliseconds(100), nodeCount: nodeCount)
        #expect(unlimited.uploadSlots == max(2, 64 / nodeCount))
    }
}
