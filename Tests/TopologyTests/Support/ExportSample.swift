import Foundation
import GossipCore
import GossipNode
import Testing
import Yams
import ZeroMQ

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

    /// What the keys of an export are called, and the tracker's first.
    static func keyNames(_ format: ExportFormat, everyNode: String? = nil) -> [String] {
        guard format == .kubernetes else { return ["tracker", "seed", "peer1", "peer2"] }
        return ["tracker", "lab-7-b-seed-0"]
            + (everyNode == nil ? ["lab-7-b-peer-0", "lab-7-b-peer-1"] : ["lab-7-b-peer"])
    }

    /// Public keys of these names, and a monitor's; each of one byte, over and over.
    static func keys(_ names: [String]) throws -> ExportedKeys {
        var list = AllowList()
        for (number, name) in (names + ["screen"]).enumerated() {
            let key = try #require(CurvePublicKey(bytes: [UInt8](repeating: UInt8(number + 1), count: 32)))
            let role: KeyRole = name == "tracker" ? .tracker : name == "screen" ? .monitor : .node
            let isNew = list.add(AllowList.Entry(key: key, name: name, role: role))
            #expect(isNew)
        }
        return ExportedKeys(folder: "/srv/it's 50% of $HOME", list: list)
    }

    /// The same topology, closed to strangers.
    static func secured(
        _ format: ExportFormat, everyNode: String? = nil, _ change: (inout ExportSettings) -> Void = { _ in }
    ) throws -> TopologyExport {
        var (topology, settings) = (topology, ExportSettings())
        topology.security = .curve
        settings.everyNode = everyNode
        settings.keys = try keys(keyNames(format, everyNode: everyNode))
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
