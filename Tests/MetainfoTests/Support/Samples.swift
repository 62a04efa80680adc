import Metainfo

/// The classic torrent: GOTORRENT, one character a chunk.
enum Samples {
    static let text = Array("GOTORRENT".utf8)

    static func tracker() throws -> TrackerURI {
        try TrackerURI("tcp://127.0.0.1:6969")
    }

    static func hashes(_ bytes: [UInt8] = text, chunkSize: UInt32 = 1) -> ChunkHashes {
        var hasher = ChunkHasher(chunkSize: chunkSize)
        bytes.withUnsafeBytes { hasher.update($0) }
        return hasher.finalize()
    }

    static func gotorrent(name: String = "GOTORRENT.txt") throws -> Metafile {
        try Metafile(name: name, length: 9, chunkSize: 1, tracker: tracker(), chunkHashes: hashes())
    }

    /// A metafile's bytes with its `info` changed by `change`, not checked in any way.
    static func metafile(changingInfo change: (inout BencodeDictionary) -> Void) throws -> [UInt8] {
        try metafile(changing: { root in
            guard case .dictionary(var info)? = root["info"] else { return }
            change(&info)
            root["info"] = .dictionary(info)
        })
    }

    /// A metafile's bytes changed by `change`, not checked in any way.
    static func metafile(changing change: (inout BencodeDictionary) -> Void) throws -> [UInt8] {
        guard case .dictionary(var root) = try BencodeDecoder(gotorrent().encoded).decode() else { return [] }
        change(&root)
        return BencodeEncoder.encode(.dictionary(root))
    }
}
