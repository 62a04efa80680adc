import GossipCore
import GossipWire

/// Sends packets through the frames that sockets carry.
struct PacketCodec {
    private let codec: PeerCodec
    /// Who opens an exchange; the simulation knows it anyway.
    private let reference: PeerReference

    init(chunkCount: UInt32, isCoded: Bool) {
        guard let torrent = TorrentID([0x47, 0x54]) else { preconditionFailure("a torrent is named by 1 to 64 bytes") }
        codec = PeerCodec(torrent: torrent, chunkCount: chunkCount, isCoded: isCoded)
        guard let reference = PeerReference("tcp://127.0.0.1:1") else { preconditionFailure("it is well formed") }
        self.reference = reference
    }

    /// The packet as its receiver reads it.
    /// - Throws: `WireError` where the frames cannot be read.
    func passed(_ packet: Packet) throws(WireError) -> Packet {
        var read = packet
        var frames: [[UInt8]] =
            switch packet.content {
            case .request(let request):
                codec.frames(of: request, reading: packet.reading, reference: Self.reference(of:))
            case .reply(let reply):
                codec.frames(of: reply, reading: packet.reading, reference: Self.reference(of:))
            case .exchangeRequest(let request): codec.frames(of: request, from: reference)
            case .exchangeReply(let reply): codec.frames(of: reply)
            }
        if let bytes = packet.bytes { frames.append(bytes.word.frame) }
        try WireFrames.with(frames) { view throws(WireError) in
            switch packet.content {
            case .request: read.content = .request(try codec.request(view, identify: Self.node(at:)))
            case .reply: read.content = .reply(try codec.reply(view, identify: Self.node(at:)))
            case .exchangeRequest:
                guard let request = try codec.exchangeRequest(view)?.request else { break }
                read.content = .exchangeRequest(request)
            case .exchangeReply:
                guard let reply = try codec.exchangeReply(view) else { break }
                read.content = .exchangeReply(reply)
            }
            read.reading = codec.reading(view)
            if packet.bytes != nil {
                read.bytes = view.integer(PeerCodec.dataFrame, as: UInt64.self).map { ChunkBytes(word: $0) }
            }
        }
        return read
    }

    /// Nodes are called by their numbers on the simulated network.
    private static func reference(of peer: PeerID) -> PeerReference? { PeerReference("tcp://\(peer.rawValue):1") }

    private static func node(at reference: PeerReference) -> PeerID {
        let digits = reference.endpoint.dropFirst("tcp://".count).prefix { $0 != ":" }
        return PeerID(UInt32(digits) ?? .max)
    }
}
