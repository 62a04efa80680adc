import GossipNode
import GossipWire
import Metainfo
import TestSupport
import Testing
import ZeroMQ

extension TrackerTests {
    /// The verb `get_metafile` over sockets.
    @Suite struct Metafiles {
        private static func getMetafile(_ torrent: [UInt8], _ offset: UInt64) -> [[UInt8]] {
            Frames.text("GT1", "get_metafile") + [torrent, Frames.number(offset)]
        }

        @Test func aMetafileComesInPartsOfBoundedSize() async throws {
            // 20,000 hashes are 640,000 bytes: three parts.
            let metafile = try Samples.metafile(Samples.bytes(20_000))
            let torrent = metafile.infoHash.bytes
            try await withTracker {
                try? $0.metafiles.add(metafile)
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                var bytes: [UInt8] = []
                var parts: [Int] = []
                while bytes.count < metafile.encoded.count {
                    let reply = try #require(try client.ask(Self.getMetafile(torrent, UInt64(bytes.count))))
                    try #require(reply.count == 5)
                    #expect(Array(reply[..<2]) == Frames.text("GT1", "metafile"))
                    #expect(reply[2] == torrent && reply[3] == Frames.number(UInt64(metafile.encoded.count)))
                    parts.append(reply[4].count)
                    bytes += reply[4]
                }
                #expect(bytes == metafile.encoded)
                #expect(parts == [262_144, 262_144, metafile.encoded.count - 524_288])
                // At the very end there is nothing left, which is no error.
                #expect(try client.ask(Self.getMetafile(torrent, UInt64(bytes.count)))?.last == [])
                // From the middle of a part.
                #expect(try client.ask(Self.getMetafile(torrent, 600_000))?.last == Array(bytes[600_000...]))
            }
        }

        /// The info dictionary as it stands in the metafile, and nothing else of it.
        @Test func theInfoComesAloneToo() async throws {
            let metafile = try Samples.metafile(Samples.bytes(20_000))
            let info = Array(metafile.info.encoded)
            let torrent = metafile.infoHash.bytes
            @Sendable func getInfo(_ offset: UInt64) -> [[UInt8]] {
                Frames.text("GT1", "get_info") + [torrent, Frames.number(offset)]
            }
            try await withTracker {
                try? $0.metafiles.add(metafile)
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                let first = try #require(try client.ask(getInfo(0)))
                #expect(Array(first[..<2]) == Frames.text("GT1", "info") && first[2] == metafile.infoHash.bytes)
                #expect(first[3] == Frames.number(UInt64(info.count)) && first[4] == Array(info.prefix(262_144)))
                #expect(try client.ask(getInfo(600_000))?.last == Array(info[600_000...]))
                #expect(try client.ask(getInfo(UInt64(info.count)))?.last == [])
                #expect(Frames.errorCode(try client.ask(getInfo(UInt64(info.count) + 1))) == "malformed")
                #expect(Frames.errorCode(try client.ask(Array(getInfo(0).dropLast()))) == "malformed")
                let unknown = Frames.text("GT1", "get_info", "other") + [Frames.number(UInt64(0))]
                #expect(Frames.errorCode(try client.ask(unknown)) == "unknown-torrent")
            }
        }

        @Test func hostileQuestionsAreAnsweredByErrors() async throws {
            let metafile = try Samples.metafile()
            let (torrent, size) = (metafile.infoHash.bytes, UInt64(metafile.encoded.count))
            try await withTracker {
                try? $0.metafiles.add(metafile)
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                func code(_ frames: [[UInt8]]) throws -> String? { Frames.errorCode(try client.ask(frames)) }
                #expect(try code(Self.getMetafile(torrent, size + 1)) == "malformed")
                #expect(try code(Self.getMetafile(torrent, .max)) == "malformed")
                #expect(try code(Self.getMetafile([1], 0)) == "unknown-torrent")
                #expect(try code(Self.getMetafile(Array(torrent.dropLast()), 0)) == "unknown-torrent")
                #expect(try code(Self.getMetafile([UInt8](repeating: 1, count: 64), .max)) == "unknown-torrent")
                #expect(try code(Self.getMetafile([UInt8](repeating: 1, count: 65), 0)) == "too-large")
                #expect(try code(Self.getMetafile([], 0)) == "malformed")
                #expect(try code(Array(Self.getMetafile(torrent, 0).dropLast())) == "malformed")
                #expect(try code(Self.getMetafile(torrent, 0) + [[]]) == "malformed")
                // After all that the next one is served.
                #expect(try client.ask(Self.getMetafile(torrent, 0))?.last == metafile.encoded)
            }
        }

        @Test func aFolderIsReadWhole() async throws {
            let folder = try TemporaryFolder()
            let metafiles = try ["GOTORRENT", "GOTORRENTS"].map { try Samples.metafile(Array($0.utf8)) }
            for (number, metafile) in metafiles.enumerated() { try folder.write("\(number).torrent", metafile.encoded) }
            try folder.write("notes.txt", "not a metafile")
            try folder.write(".hidden.torrent", "not a metafile either")
            try await withTracker { configuration in
                try? configuration.metafiles.addAll(in: folder.path, tracker: TrackerURI("tcp://127.0.0.1:6969"))
            } _: { stage, endpoints in
                let client = try stage.connected(.request, to: endpoints.requests)
                for metafile in metafiles {
                    #expect(try client.ask(Self.getMetafile(metafile.infoHash.bytes, 0))?.last == metafile.encoded)
                }
            }
        }

        @Test func aFolderWithWhatIsNoMetafileIsRefused() throws {
            let folder = try TemporaryFolder()
            var shelf = MetafileShelf()
            let tracker = try TrackerURI("tcp://127.0.0.1:6969")
            #expect(throws: NodeError.self) { try shelf.addAll(in: folder.path("gone"), tracker: tracker) }
            try folder.write("x.torrent", "nonsense")
            let error = #expect(throws: MetafileError.self) { try shelf.addAll(in: folder.path, tracker: tracker) }
            #expect(error?.description.contains("x.torrent: ") == true)
        }

        @Test func theShelfIsBoundedAndTheSameTorrentTakesOnePlace() throws {
            var shelf = MetafileShelf()
            let metafile = try Samples.metafile()
            try shelf.add(metafile)
            try shelf.add(metafile)
            #expect(shelf.count == 1)
            // 1.9 million hashes are 61 MB: four fit into 256 MiB, a fifth does not.
            let hashes = try #require(ChunkHashes([UInt8](repeating: 7, count: 1_900_000 * 32)[...]))
            func large(_ name: String) throws -> Metafile {
                try Metafile(
                    name: name, length: 1_900_000, chunkSize: 1, tracker: TrackerURI("tcp://127.0.0.1:6969"),
                    chunkHashes: hashes)
            }
            for number in 1...4 { try shelf.add(large("\(number)")) }
            let error = #expect(throws: NodeError.self) { try shelf.add(large("5")) }
            #expect(error?.description.contains("at most 256 MiB") == true)
            #expect(shelf.count == 5)
            // One that is there already takes no more room.
            try shelf.add(large("4"))
        }
    }
}
