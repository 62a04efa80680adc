import Metainfo
import Testing

@Suite struct ChunkVerifierTests {
    private func matches(_ text: String, _ chunkID: UInt32) throws -> Bool {
        let layout = try ChunkLayout(length: 9, chunkSize: 2)
        let verifier = ChunkVerifier(layout: layout, hashes: Samples.hashes(chunkSize: 2))
        return Array(text.utf8).withUnsafeBytes { verifier.matches($0, chunkID: chunkID) }
    }

    @Test(arguments: [("GO", 0), ("TO", 1), ("RR", 2), ("EN", 3), ("T", 4)] as [(String, UInt32)])
    func acceptsTheChunk(text: String, chunkID: UInt32) throws {
        #expect(try matches(text, chunkID))
    }

    @Test(
        arguments: [
            ("GP", 0), ("TO", 0), ("G", 0), ("GOT", 0), ("", 0), ("T\0", 4), ("", 4), ("", 5), ("GO", 5), ("T", .max),
        ] as [(String, UInt32)])
    func refusesEverythingElse(text: String, chunkID: UInt32) throws {
        #expect(try !matches(text, chunkID))
    }

    @Test func anEmptyFileHasNoChunkToMatch() throws {
        let empty = try Metafile(
            name: "empty", length: 0, chunkSize: 1, tracker: Samples.tracker(), chunkHashes: Samples.hashes([]))
        #expect(![].withUnsafeBytes { empty.verifier.matches($0, chunkID: 0) })
    }
}
