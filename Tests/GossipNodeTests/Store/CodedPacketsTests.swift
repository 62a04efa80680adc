import GossipCore
import Metainfo
import Testing

@testable import GossipNode

@Suite struct CodedPacketsTests {
    /// Eleven bytes in chunks of four: the last one has three.
    private let layout = try? ChunkLayout(length: 11, chunkSize: 4)
    private let file: [UInt8] = Array("GOTORRENT!?".utf8)

    /// The bytes of a combination by the definition, the last chunk filled up.
    private func bytes(_ vector: CodedVector) -> [UInt8] {
        var sum: [UInt8] = [0, 0, 0, 0]
        for (chunk, factor) in vector.coefficients.enumerated() {
            GaloisField256.add(factor, times: Array(file[(chunk * 4)..<min(11, chunk * 4 + 4)]), to: &sum)
        }
        return sum
    }

    @Test func chunksComeOutAsTheyWere() throws {
        let layout = try #require(layout)
        #expect(CodedPackets.size(layout) == 4)
        var packets = CodedPackets(layout)
        for vector in [CodedVector([1, 2, 3]), CodedVector([0, 5, 7]), CodedVector([9, 0, 1])] {
            #expect(packets.chunk(2) == nil)
            bytes(vector).withUnsafeBytes { packets.insert(vector, bytes: $0) }
        }
        #expect((0..<3).map { packets.chunk($0) } == [Array(file[0..<4]), Array(file[4..<8]), Array(file[8..<11])])
        let combined = CodedVector([7, 7, 1])
        #expect(packets.bytes(of: combined) == bytes(combined))
    }

    @Test func aVerifiedChunkIsAPacket() throws {
        var packets = CodedPackets(try #require(layout))
        file[8..<11].withUnsafeBytes { packets.insert(2, bytes: $0) }
        #expect(packets.chunk(2) == Array(file[8..<11]))
        #expect(packets.bytes(of: CodedVector([0, 0, 3])) == bytes(CodedVector([0, 0, 3])))
        #expect(packets.bytes(of: CodedVector([1, 0, 3])) == nil)
    }

    @Test func packetsAreAsLargeAsTheFirstChunk() throws {
        #expect(CodedPackets.size(try ChunkLayout(length: 0, chunkSize: 4)) == 0)
        #expect(CodedPackets.size(try ChunkLayout(length: 3, chunkSize: 4)) == 3)
        #expect(CodedPackets.size(try ChunkLayout(length: 9, chunkSize: 4)) == 4)
    }
}
