import GossipCore
import GossipWire
import Logging
import Metainfo
import ZeroMQ

/// Combinations of chunks: their bytes are made, kept and decoded here, as the core says.
extension PeerShell {
    private var layout: ChunkLayout { configuration.metafile.layout }

    /// Whether a packet's bytes are as many as those of every other.
    func isOfPacketSize(_ message: borrowing Message) -> Bool { message.count == CodedPackets.size(layout) }

    /// Begins to collect packets, with the chunks that are verified already.
    func startCoding() throws(NodeError) {
        guard configuration.gossip.chunkSelection == .coded, !machine.isComplete else { return }
        var packets = CodedPackets(layout)
        var failure: NodeError?
        store.heldAtStart.forEachMember { chunk in
            do throws(NodeError) {
                let bytes = try store.read(chunk)
                bytes.withUnsafeBytes { packets.insert(chunk, bytes: $0) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        codedPackets = packets
    }

    /// The bytes of a combination, as a frame to send: of packets, or of the whole file's chunks.
    /// - Returns: nil where the packets were thrown away while the message waited for its link.
    func codedFrame(_ vector: CodedVector) throws(NodeError) -> Message? {
        if let codedPackets {
            guard let bytes = codedPackets.bytes(of: vector) else { return nil }
            return Message(copying: bytes)
        }
        var sum = [UInt8](repeating: 0, count: CodedPackets.size(layout))
        for (chunk, factor) in vector.coefficients.enumerated() where factor != 0 {
            let bytes = try store.read(ChunkID(chunk))
            bytes.withUnsafeBytes { GaloisField256.add(factor, times: $0, to: &sum) }
        }
        return Message(copying: sum)
    }

    func storeCoded(_ vector: CodedVector, _ token: MessageToken) {
        slots[token].data.withUnsafeBytes { codedPackets?.insert(vector, bytes: $0) }
    }

    func decode(_ token: MessageToken) {
        guard let codedPackets else { preconditionFailure("the core decodes what was kept") }
        let isValid = (0..<layout.chunkCount).allSatisfy { chunk in
            codedPackets.chunk(chunk)?.withUnsafeBytes { store.isValid($0, chunk) } == true
        }
        handle(.decoded(token, isValid: isValid))
    }

    func storeDecoded() {
        guard let codedPackets else { preconditionFailure("the core stores what was decoded") }
        do throws(NodeError) {
            for chunk in 0..<layout.chunkCount where !store.heldAtStart.contains(chunk) {
                guard let bytes = codedPackets.chunk(chunk) else {
                    preconditionFailure("the core stores what is decoded")
                }
                try Message(copying: bytes).withUnsafeBytes { bytes throws(NodeError) in try store.write(bytes, chunk) }
            }
        } catch {
            end(.failure(error))
        }
        self.codedPackets = nil
    }

    func discardCoded() {
        log.warning(
            "decoded chunks do not match their hashes; all packets are thrown away",
            metadata: ["cycle": "\(machine.cycle)"])
        do throws(NodeError) {
            try startCoding()
        } catch {
            end(.failure(error))
        }
    }
}
