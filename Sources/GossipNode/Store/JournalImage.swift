import GossipCore
import Metainfo

/// What a journal file holds: which chunks of a torrent are on the disk and were verified.
///
/// `GTJ1`, the info hash, the device and the number of the file or folder that the chunks are in, the number of chunks,
/// the chunks as a bit field (bit 7 of byte 0 is chunk 0), and the SHA-256 of all before it. Numbers have 64 bits and are
/// big-endian. Only an image that is whole counts.
package struct JournalImage: Equatable {
    private static let signature = Array("GTJ1".utf8)
    private static let headSize = signature.count + Digest256.byteCount + 3 * 8

    package let infoHash: InfoHash
    /// Which file or folder the chunks are in: a copy of it is another one, which may be only half of it.
    package let place: FileIdentity
    package let proven: ChunkSet

    package init(infoHash: InfoHash, place: FileIdentity, proven: ChunkSet) {
        self.infoHash = infoHash
        self.place = place
        self.proven = proven
    }

    /// The bytes of the journal file.
    package var encoded: [UInt8] {
        var bytes = Self.signature + infoHash.bytes
        for number in [place.device, place.number, UInt64(proven.chunkCount)] {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        bytes += proven.bitfield
        return bytes + bytes.withUnsafeBytes { Digest256(hashing: $0).bytes }
    }

    /// Reads a journal file's bytes; nil where they are not a whole image.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headSize + Digest256.byteCount, bytes.starts(with: Self.signature) else { return nil }
        let body = bytes.dropLast(Digest256.byteCount)
        let digest = body.withUnsafeBytes { Digest256(hashing: $0) }
        guard Digest256(bytes: bytes.suffix(Digest256.byteCount)) == digest,
            let infoHash = InfoHash(bytes: bytes.dropFirst(Self.signature.count).prefix(Digest256.byteCount))
        else { return nil }
        let numbers = (1...3).map { index in
            bytes[(Self.headSize - 8 * (4 - index))...].prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        guard let chunkCount = UInt32(exactly: numbers[2]),
            let proven = body[Self.headSize...].withUnsafeBytes({ ChunkSet(bitfield: $0, chunkCount: chunkCount) })
        else { return nil }
        self.init(
            infoHash: infoHash, place: FileIdentity(device: numbers[0], number: numbers[1]), proven: proven)
    }
}
