extension ChunkSet {
    /// The set as the wire has it: bit 7 of byte 0 is chunk 0, spare bits are zero (BEP 3, `bitfield`).
    public var bitfield: [UInt8] {
        let byteCount = Self.bitfieldSize(chunkCount: chunkCount)
        // The standard library writes to the one empty array that all threads share; the thread sanitizer tells.
        guard byteCount > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
            for index in 0..<byteCount {
                let shift = UInt64(56 - index % 8 * 8)
                buffer[index] = UInt8(truncatingIfNeeded: self[word: index / 8] >> shift)
            }
            initialized = byteCount
        }
    }

    /// Reads a bitfield; nil where its length is not that of `chunkCount` chunks or a spare bit is set.
    public init?(bitfield: UnsafeRawBufferPointer, chunkCount: UInt32) {
        guard bitfield.count == Self.bitfieldSize(chunkCount: chunkCount) else { return nil }
        self.init(chunkCount: chunkCount)
        for (index, byte) in bitfield.enumerated() {
            self[word: index / 8] |= UInt64(byte) << UInt64(56 - index % 8 * 8)
        }
        let last = wordCount - 1
        guard last < 0 || self[word: last] & ~validBits(ofWord: last) == 0 else { return nil }
        recount()
    }

    /// The bytes of a bitfield for `chunkCount` chunks.
    public static func bitfieldSize(chunkCount: UInt32) -> Int {
        (Int(chunkCount) + 7) / 8
    }
}
