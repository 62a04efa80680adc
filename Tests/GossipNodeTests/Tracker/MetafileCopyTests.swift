import GossipNode
import Metainfo
import TestSupport
import Testing

/// The copy of a fetched metafile that stays with a download.
@Suite struct MetafileCopyTests {
    @Test func theCopyIsFoundByItsInfoHashAlone() throws {
        let folder = try TemporaryFolder()
        let output = folder.path("new/output")
        let metafile = try Samples.metafile()
        let tracker = try TrackerURI("tcp://10.9.8.7:6543")
        #expect(MetafileCopy.read(metafile.infoHash, in: output, tracker: tracker) == nil)
        try MetafileCopy.write(metafile, in: output)
        let kept = try #require(MetafileCopy.read(metafile.infoHash, in: output, tracker: tracker))
        #expect(kept.infoHash == metafile.infoHash && kept.encoded == metafile.encoded && kept.tracker == tracker)
        let other = try Samples.metafile(Samples.bytes(3))
        #expect(MetafileCopy.read(other.infoHash, in: output, tracker: tracker) == nil)
    }

    @Test func aDamagedCopyIsNone() throws {
        let folder = try TemporaryFolder()
        let (metafile, other) = (try Samples.metafile(), try Samples.metafile(Samples.bytes(3)))
        for bytes in [[], Array("nonsense".utf8), Array(metafile.encoded.dropLast()), other.encoded] {
            try folder.write(".\(metafile.infoHash).torrent", bytes)
            #expect(MetafileCopy.read(metafile.infoHash, in: folder.path, tracker: metafile.tracker) == nil)
        }
    }
}
