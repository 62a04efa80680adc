import Metainfo
import Testing

/// Metafiles that libtorrent 2.1 made, with the data that they describe.
@Suite struct LibtorrentMetafileTests {
    private func read(_ name: String) throws -> Metafile {
        try Metafile.read(Fixtures.path(name), tracker: Samples.tracker())
    }

    /// The info hashes are libtorrent's own.
    @Test(arguments: [
        ("folder-v2", "0aa8034ff6fd84c68aa1e10dafb7d95dfca65e82d97ac0f328a43e2f32f6bf29", "folder"),
        ("folder-hybrid", "46f4212584e67d78a87456cc3fd472bd6e4d6d714daf58f5eb5e99d9f8a5c6f4", "hybrid"),
        ("single-v2", "934c1c36752693de0ef3e00ad37d57ebc1c0cdd89ad8c5675c2961243440d5dc", "single.bin"),
        ("single-hybrid", "bdc1462cdcadb6ec4c820d57cb4f4f459352207a3a4b965421f2d70a14d1d881", "single.bin"),
        ("small-v2", "b0a5cd095ecddfb411b2918004a237b92f860c6fd73bcd9ee68e770ad2522a66", "small.bin"),
    ])
    func infoHashesAndNamesAreTheSame(fixture: String, infoHash: String, name: String) throws {
        let metafile = try read(fixture)
        #expect("\(metafile.infoHash)" == infoHash)
        #expect(metafile.name == name)
        #expect(metafile.isFolder == fixture.hasPrefix("folder"))
        #expect(metafile.layout.chunkSize == UInt32(Fixtures.chunkSize))
    }

    /// Pad files of the hybrid are no part of the file tree.
    @Test(arguments: [("folder-v2", Fixtures.folder), ("folder-hybrid", Fixtures.hybrid)])
    func allDataOfAFolderAreVerified(fixture: String, files: [(path: String, length: Int)]) throws {
        let metafile = try read(fixture)
        #expect(metafile.files.map { $0.path.joined(separator: "/") } == files.map(\.path))
        #expect(metafile.files.map(\.length) == files.map { UInt64($0.length) })
        for (file, (path, length)) in files.enumerated() {
            let bytes = Fixtures.content(path, length: length)
            #expect(metafile.files[file].chunks == metafile.layout.chunks(ofFile: file))
            for chunk in metafile.files[file].chunks {
                let place = metafile.layout.place(of: chunk)
                #expect(place.file == file)
                let part = bytes[Int(place.offset)...].prefix(place.size)
                #expect(part.withUnsafeBytes { metafile.verifier.matches($0, chunkID: chunk) }, "\(path)")
            }
        }
    }

    @Test(arguments: [
        ("single-v2", "single.bin", 5 * Fixtures.chunkSize + 99),
        ("single-hybrid", "single.bin", 5 * Fixtures.chunkSize + 99), ("small-v2", "small.bin", 40),
    ])
    func allDataOfAFileAreVerified(fixture: String, name: String, length: Int) throws {
        let metafile = try read(fixture)
        #expect(
            metafile.files == [
                TorrentFile(path: [name], length: UInt64(length), chunks: 0..<metafile.layout.chunkCount)
            ])
        let bytes = Fixtures.content(name, length: length)
        for chunk in 0..<metafile.layout.chunkCount {
            let range = metafile.layout.range(of: chunk)
            let part = bytes[Int(range.lowerBound)..<Int(range.upperBound)]
            #expect(part.withUnsafeBytes { metafile.verifier.matches($0, chunkID: chunk) })
        }
    }

    /// Of the same files we make the same info dictionary, byte for byte.
    @Test func weDescribeAFolderAsLibtorrentDoes() throws {
        let folder = Fixtures.write(Fixtures.folder)
        let ours = try Metafile.describing(
            folder.path, chunkSize: UInt32(Fixtures.chunkSize), tracker: Samples.tracker())
        let theirs = try read("folder-v2")
        #expect(ours.info == theirs.info)
        #expect(ours.chunkHashes == theirs.chunkHashes)
        #expect(try Metafile(decoding: ours.encoded) == ours)
    }

    @Test func versionOneAloneIsRefused() throws {
        let error = try #require(throws: MetafileError.self) { try read("folder-v1") }
        #expect(error.code == .unsupported)
        #expect(
            error.message == "it is a metafile of BitTorrent version 1, which has no SHA-256 hashes; "
                + "make one of version 2 or a hybrid, or describe the files anew with gotorrent create")
    }

    /// libtorrent's own trackers: none, one that we do not speak with, and one of ours among them.
    @Test func theTrackerIsOneOfOursOrGiven() throws {
        let advice = "it names no tracker that is reached by tcp://HOST:PORT; give one with --tracker tcp://HOST:PORT"
        for name in ["folder-v2", "folder-hybrid"] {
            let error = try #require(throws: MetafileError.self) { try Metafile.read(Fixtures.path(name)) }
            #expect(error.message == advice)
            #expect(error.path == Fixtures.path(name))
        }
        #expect(try "\(Metafile.read(Fixtures.path("single-v2")).tracker)" == "tcp://10.0.0.1:6969")
        #expect(try read("single-v2").tracker == Samples.tracker())
    }
}
