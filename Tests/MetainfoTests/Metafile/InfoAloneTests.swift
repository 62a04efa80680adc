import Metainfo
import Testing

/// A metafile that is made of its info dictionary alone, and completed later.
@Suite struct InfoAloneTests {
    private func describe(_ files: [(path: String, length: Int)]) throws -> Metafile {
        let folder = Fixtures.write(files)
        return try Metafile.describing(folder.path, chunkSize: 16384, tracker: Samples.tracker())
    }

    @Test func itIsTheSameTorrentWithoutTheHashes() throws {
        let whole = try describe([("a", 100_000), ("b/c", 5)])
        let tracker = try TrackerURI("tcp://10.0.0.9:7070")
        let alone = Metafile(try TorrentInfo(decoding: Array(whole.info.encoded)), tracker: tracker)
        #expect(alone.lacksHashes && !whole.lacksHashes)
        #expect(alone.infoHash == whole.infoHash && alone.files == whole.files && alone.tracker == tracker)
        #expect(alone.encoded == Array(whole.info.encoded) && alone.chunkHashes.count == 0)

        let completed = try alone.completed(with: whole.chunkHashes)
        #expect(completed.infoHash == whole.infoHash && completed.chunkHashes == whole.chunkHashes)
        #expect(completed.tracker == tracker && !completed.lacksHashes)
        #expect(try Metafile(decoding: completed.encoded) == completed)
    }

    @Test func wrongHashesDoNotCompleteIt() throws {
        let whole = try describe([("a", 100_000)])
        let alone = Metafile(whole.info, tracker: try Samples.tracker())
        var bytes = Array(whole.chunkHashes.bytes)
        bytes[40] ^= 1
        let wrong = try #require(ChunkHashes(bytes[...]))
        #expect(throws: MetafileError.self) { try alone.completed(with: wrong) }
        #expect(throws: MetafileError.self) { try alone.completed(with: ChunkHashes([Digest256]())) }
    }

    @Test func nothingIsLackingWhereTheInfoTellsEveryHash() throws {
        for whole in [try describe([("a", 16384), ("b", 0), ("c", 7)]), try Samples.gotorrent()] {
            let alone = Metafile(whole.info, tracker: whole.tracker)
            #expect(!alone.lacksHashes && alone.chunkHashes == whole.chunkHashes)
            #expect(try alone.completed(with: whole.chunkHashes).infoHash == whole.infoHash)
            #expect(whole.info.layerByteCount == 0)
        }
    }

    /// Of metafiles that other programs made, with keys of theirs, nothing of the info dictionary is lost.
    @Test(arguments: ["folder-v2", "folder-hybrid", "single-v2", "single-hybrid"])
    func othersMetafilesAreCompletedToo(name: String) throws {
        let tracker = try Samples.tracker()
        let whole = try Metafile(decoding: Fixtures.bytes(name), tracker: tracker)
        let alone = Metafile(try TorrentInfo(decoding: Array(whole.info.encoded)), tracker: tracker)
        #expect(alone.lacksHashes)
        #expect(try alone.completed(with: whole.chunkHashes).infoHash == whole.infoHash)
    }
}
