import GossipCore
import Metainfo

/// The coded packets of a node that still decodes, with their bytes, in memory: nothing of them is on the disk.
///
/// All packets have the size of the file's first chunk; a shorter last chunk counts as filled up with zeros.
struct CodedPackets {
    private let layout: ChunkLayout
    private var basis: CodedBasis

    init(_ layout: ChunkLayout) {
        self.layout = layout
        basis = CodedBasis(dimension: Int(layout.chunkCount))
    }

    /// Bytes of each packet of a file.
    static func size(_ layout: ChunkLayout) -> Int { layout.chunkCount == 0 ? 0 : layout.size(of: 0) }

    /// Keeps a chunk that is verified, as the packet that is it alone.
    mutating func insert(_ chunk: ChunkID, bytes: UnsafeRawBufferPointer) {
        var payload = [UInt8](bytes)
        payload += [UInt8](repeating: 0, count: Self.size(layout) - payload.count)
        _ = basis.insert(.unit(chunk, chunkCount: layout.chunkCount), payload: payload)
    }

    /// Keeps a packet that tells something new.
    /// - Parameter bytes: as many as every packet has.
    mutating func insert(_ vector: CodedVector, bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Self.size(layout), "all packets are of one size")
        let isNew = basis.insert(vector, payload: [UInt8](bytes))
        precondition(isNew, "the core keeps packets that tell something new")
    }

    /// The bytes of a combination; nil where the packets here do not tell them.
    func bytes(of vector: CodedVector) -> [UInt8]? { basis.payload(of: vector) }

    /// The bytes of a chunk; nil where it cannot be decoded from the packets here.
    func chunk(_ chunk: ChunkID) -> [UInt8]? {
        bytes(of: .unit(chunk, chunkCount: layout.chunkCount)).map { Array($0.prefix(layout.size(of: chunk))) }
    }
}
