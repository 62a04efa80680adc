import GossipCore
import GossipWire
import Testing

@testable import GossipSimulation

@Suite struct PacketCodecTests {
    private let codec = PacketCodec(chunkCount: 9, isCoded: true)

    private func packet(_ content: PacketContent, _ bytes: ChunkBytes? = nil) -> Packet {
        let life = NodeLife(node: 0, number: 0)
        return Packet(from: life, to: NodeLife(node: 1, number: 2), link: 3, content: content, bytes: bytes)
    }

    @Test(arguments: [
        PacketContent.request(.pull(cycle: 3, chunk: 8)), .request(.have(cycle: 3, digest: nil)),
        .request(.have(cycle: 3, digest: .full(chunkCount: 9))), .reply(.none(cycle: 3, chunk: 0)),
        .reply(.late(cycle: .max, chunk: 0)), .reply(.have(cycle: 3, digest: ChunkSet(chunkCount: 9))),
    ])
    func whatHasNoBytesIsReadAsItWasWritten(content: PacketContent) throws {
        #expect(try codec.passed(packet(content)) == packet(content))
    }

    @Test func bytesComeAlong() throws {
        for content in [PacketContent.request(.push(cycle: 1, chunk: 4)), .reply(.chunk(cycle: 1, chunk: 4))] {
            let sent = packet(content, ChunkBytes(of: 4))
            #expect(try codec.passed(sent) == sent)
        }
    }

    @Test func aMessageThatCannotBeReadBreaksAnInvariant() {
        var settings = SwarmSettings(nodes: [NodeSettings(role: .seed), NodeSettings(role: .peer)])
        settings.encodesMessages = true
        let world = SimulatedWorld(settings)
        world.send(packet(.request(.pull(cycle: 3, chunk: 9))))
        #expect(world.violation?.invariant == .encoding)
    }
}
