import GossipCore

/// How a frame tells what a node holds: `epoch u64 | count u32 | kind u8`, and what the kind asks for.
private enum HoldingsKind: UInt8 {
    /// Nothing more.
    case everything = 0
    /// A bitfield.
    case chunks = 1
    /// `since u32`, then chunk ids.
    case added = 2
}

extension HoldingsVersion {
    static let frameSize = 12

    /// `epoch u64 | count u32`.
    var frame: [UInt8] { epoch.frame + count.frame }
}

extension HoldingsUpdate {
    var frame: [UInt8] {
        switch content {
        case .everything: version.frame + [HoldingsKind.everything.rawValue]
        case .chunks(let chunks): version.frame + [HoldingsKind.chunks.rawValue] + chunks.bitfield
        case .added(let since, let chunks):
            version.frame + [HoldingsKind.added.rawValue] + since.frame + chunks.frame
        }
    }
}

extension [ChunkID] {
    /// Four bytes a chunk.
    var frame: [UInt8] { flatMap(\.frame) }
}

extension PeerCodec {
    func holdings(_ frame: UnsafeRawBufferPointer) throws(WireError) -> HoldingsUpdate {
        let size = HoldingsVersion.frameSize
        guard frame.count > size, let version = try version(UnsafeRawBufferPointer(rebasing: frame[..<size])),
            let kind = HoldingsKind(rawValue: frame[size])
        else {
            throw WireError(.malformed, "holdings begin with an epoch, a count and a kind of 0 to 2, in 13 bytes")
        }
        let rest = UnsafeRawBufferPointer(rebasing: frame[(size + 1)...])
        switch kind {
        case .everything:
            guard rest.isEmpty else { throw WireError(.malformed, "nothing follows on everything") }
            return HoldingsUpdate(version: version, content: .everything)
        case .chunks:
            return HoldingsUpdate(version: version, content: .chunks(try digest(rest)))
        case .added:
            guard rest.count >= 4 else { throw WireError(.malformed, "an addition says since when, in 4 bytes") }
            let since = UInt32(bigEndian: rest.loadUnaligned(as: UInt32.self))
            let chunks = try chunks(UnsafeRawBufferPointer(rebasing: rest[4...]))
            return HoldingsUpdate(version: version, content: .added(since: since, chunks))
        }
    }

    /// Nil for an empty frame: nothing is known.
    func version(_ frame: UnsafeRawBufferPointer) throws(WireError) -> HoldingsVersion? {
        if frame.isEmpty { return nil }
        guard frame.count == HoldingsVersion.frameSize else {
            throw WireError(.malformed, "a version has 12 bytes or none, not \(frame.count)")
        }
        let epoch = UInt64(bigEndian: frame.loadUnaligned(as: UInt64.self))
        return HoldingsVersion(
            epoch: epoch, count: UInt32(bigEndian: frame.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
    }

    func chunks(_ frame: UnsafeRawBufferPointer) throws(WireError) -> [ChunkID] {
        guard frame.count.isMultiple(of: 4), frame.count / 4 <= chunkCount else {
            throw WireError(.malformed, "a list of chunks has 4 bytes for each, and is no longer than the file")
        }
        var list: [ChunkID] = []
        list.reserveCapacity(frame.count / 4)
        for offset in stride(from: 0, to: frame.count, by: 4) {
            let chunk = UInt32(bigEndian: frame.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            guard chunk < chunkCount else {
                throw WireError(.malformed, "chunk \(chunk) of \(chunkCount), counted from 0")
            }
            list.append(chunk)
        }
        return list
    }
}
