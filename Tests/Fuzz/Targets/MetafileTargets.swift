import Metainfo

/// Bencoding, metafiles and info dictionaries, which come from strangers.
enum MetafileTargets {
    static func bencode(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let bytes = input.rest()
        guard let value = try? BencodeDecoder(bytes).decode() else { return false }
        try require(BencodeEncoder.encode(value) == bytes, "what is read is canonical, and written as it was read")
        return true
    }

    static func metafile(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let bytes = input.rest()
        if let metafile = try? Metafile(decoding: bytes) {
            try check(metafile.info)
            try require(metafile.chunkHashes.count == Int(metafile.layout.chunkCount), "each chunk has a hash")
            guard let again = try? Metafile(decoding: metafile.encoded) else {
                throw FuzzFinding("a metafile is not read again")
            }
            try require(again == metafile, "a metafile is the same when it is read again")
            // A metafile without its hashes is what a stranger's tracker gives: its hashes make it whole again.
            let bare = Metafile(metafile.info, tracker: metafile.tracker)
            guard let whole = try? bare.completed(with: metafile.chunkHashes) else {
                throw FuzzFinding("the right hashes do not complete a metafile")
            }
            try require(whole.infoHash == metafile.infoHash, "hashes change no identity")
            return true
        }
        guard let info = try? TorrentInfo(decoding: bytes) else { return false }
        try check(info)
        return true
    }

    private static func check(_ info: TorrentInfo) throws(FuzzFinding) {
        let layout = info.layout
        try require(layout.fileCount == info.files.count && !info.files.isEmpty, "each file has its place")
        try require(
            info.files.reduce(UInt64(0)) { $0 + $1.length } == layout.length, "the files are as long as the torrent")
        var next: UInt32 = 0
        for file in info.files {
            try require(file.chunks.lowerBound == next, "the files' chunks follow each other")
            try require(!file.path.isEmpty && file.path.allSatisfy(isSafe), "no path leads out: \(file.path)")
            next = file.chunks.upperBound
        }
        try require(next == layout.chunkCount, "every chunk is a file's")
        guard layout.chunkCount > 0 else { return }
        for chunk in [0, layout.chunkCount - 1] {
            try require((1...Int(layout.chunkSize)).contains(layout.size(of: chunk)), "a chunk has bytes, and not more")
            try require(info.proofVerifier.proofCount(of: chunk) <= ChunkProof.maximumCount, "a proof is bounded")
        }
    }

    private static func isSafe(_ component: String) -> Bool {
        !component.isEmpty && component != "." && component != ".." && !component.utf8.contains(UInt8(ascii: "/"))
            && !component.utf8.contains(0)
    }
}
