import Foundation
import GossipCore
import Testing
import Yams

@testable import Topology

/// A topology over two hosts, with a file whose name needs quotes everywhere.
enum ExportSample {
    static let topology = TopologyDescription(
        name: "Lab_7.b", torrent: TorrentDescription(file: "/srv/50% of $HOME/it's $(here).img", chunkSize: 1 << 20),
        gossip: GossipParameters(style: .pushPull, fanout: 3), cycle: .milliseconds(100),
        tracker: TrackerDescription(host: "lab1", port: 7969),
        hosts: [
            HostDescription(name: "lab1", address: "10.0.0.11", ssh: "student@lab1"),
            HostDescription(name: "lab2", address: "10.0.0.12"), HostDescription(name: "idle", address: "10.0.0.13"),
        ],
        nodes: [
            NodeDescription(name: "seed", host: "lab1", role: .seed, port: 7000),
            NodeDescription(name: "peer1", host: "lab1"), NodeDescription(name: "peer2", host: "lab2"),
        ])

    static let torrent = ExportedTorrent(
        infoHash: String(repeating: "0f", count: 32), metafile: Array("d4:infodee".utf8), length: 3_000_000_000)

    static func export(_ change: (inout ExportSettings) -> Void = { _ in }) -> TopologyExport {
        var settings = ExportSettings()
        change(&settings)
        return TopologyExport(topology, torrent: torrent, settings: settings)
    }

    /// The documents of the files whose names end in .yaml.
    static func documents(_ files: [ExportedFile]) throws -> [JSONValue] {
        try files.filter { $0.path.hasSuffix(".yaml") }.flatMap { file in
            try Yams.compose_all(yaml: String(decoding: file.bytes, as: UTF8.self)).map(JSONValue.init)
        }
    }

    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden")

    /// Compares an export with the files that are kept.
    ///
    /// `GOTORRENT_REWRITE_EXPORTS=1 swift test --filter ExportTests` writes them anew; read the difference before it is
    /// committed.
    static func compare(_ files: [ExportedFile], with folder: String) throws {
        let folder = golden.appendingPathComponent(folder)
        if ProcessInfo.processInfo.environment["GOTORRENT_REWRITE_EXPORTS"] == "1" {
            for file in files {
                let url = folder.appendingPathComponent(file.path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.bytes).write(to: url)
            }
        }
        for file in files {
            let kept = try Data(contentsOf: folder.appendingPathComponent(file.path))
            #expect(
                String(decoding: file.bytes, as: UTF8.self) == String(decoding: kept, as: UTF8.self), "\(file.path)")
        }
        let kept = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder.path + "/" + path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
        #expect(kept.sorted() == files.map(\.path).sorted())
    }
}
