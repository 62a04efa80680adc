/// The coefficients of a coded packet: which linear combination of the file's chunks its bytes are.
public struct CodedVector: Hashable, Sendable {
    /// One a chunk, in the order of the file.
    public let coefficients: [UInt8]

    public init(_ coefficients: [UInt8]) {
        self.coefficients = coefficients
    }

    /// The vector of a chunk by itself.
    package static func unit(_ chunk: ChunkID, chunkCount: UInt32) -> CodedVector {
        CodedVector((0..<chunkCount).map { $0 == chunk ? 1 : 0 })
    }

    /// Whether it combines nothing, and so tells nothing.
    package var isZero: Bool { coefficients.allSatisfy { $0 == 0 } }
}
