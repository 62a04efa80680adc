import Foundation
import GossipNode
import Testing
import ZeroMQ

@testable import Topology

/// Exports of a swarm with keys: every process finds its own, and no file has one.
@Suite struct SecuredExportTests {
    private static let trackerKey = String(repeating: "01", count: 32)

    @Test(arguments: ExportFormat.allCases) func theFilesAreThoseThatAreKept(format: ExportFormat) throws {
        try ExportSample.compare(ExportSample.secured(format).files(format), with: "\(format.rawValue)-secured")
    }

    @Test func theySatisfyTheSchemas() throws {
        let compose = try JSONSchema(file: "compose.json")
        for document in try ExportSample.documents(ExportSample.secured(.compose).files(.compose)) {
            #expect(try compose.faults(of: document) == [])
        }
        let schema = try JSONSchema(file: "kubernetes.json")
        for everyNode in [nil, "/var/lib/models"] {
            let files = try ExportSample.secured(.kubernetes, everyNode: everyNode).files(.kubernetes)
            let documents = try ExportSample.documents(files)
            #expect(documents.count == 7)
            for document in documents {
                #expect(try schema.faults(of: document, kind: document["kind"]?.text ?? "") == [])
            }
        }
    }

    /// The command of each process, as the files have it.
    private func commands(_ format: ExportFormat, everyNode: String? = nil) throws -> [[String]] {
        let files = try ExportSample.secured(format, everyNode: everyNode).files(format)
        switch format {
        case .systemd:
            return files.flatMap { String(decoding: $0.bytes, as: UTF8.self).split(separator: "\n") }
                .filter { $0.hasPrefix("ExecStart=") }
                .map { $0.split(separator: " ").map { $0.trimmingCharacters(in: ["\""]) } }
        case .compose:
            let services = try ExportSample.documents(files)[0]["services"]
            return try ExportSample.keyNames(format).map { try #require(services?[$0]?["command"]).texts }
        case .kubernetes:
            return try ExportSample.documents(files).compactMap {
                $0["spec"]?["template"]?["spec"]?["containers"]?[0]?["args"]?.texts
            }
        }
    }

    @Test(
        arguments: [
            (.systemd, "%d/key", "/etc/gotorrent/swarm.allow", 4),
            (.compose, "/run/secrets/key", "/allow/swarm.allow", 4),
            (.kubernetes, "/keys/key", "/allow/swarm.allow", 3),
        ] as [(ExportFormat, String, String, Int)])
    func everyCommandNamesItsKeyAndTheList(format: ExportFormat, key: String, list: String, count: Int) throws {
        let commands = try commands(format)
        #expect(commands.count == count)
        for words in commands {
            func value(of option: String) -> String? { words.firstIndex(of: option).map { words[$0 + 1] } }
            #expect(value(of: "--key") == key && value(of: "--allow") == list, "\(words)")
            #expect(!words.contains("--credentials-from-input"))
            if words.contains("tracker") {
                #expect(!words.contains { $0.contains(Self.trackerKey) })
            } else {
                #expect(words.contains { $0.hasSuffix("#\(Self.trackerKey)") })
            }
        }
    }

    /// Who gets into a pod must not find the others' keys there.
    @Test(arguments: [nil, "/models"]) func aPodSeesItsOwnKeyAlone(everyNode: String?) throws {
        let files = try ExportSample.secured(.kubernetes, everyNode: everyNode).files(.kubernetes)
        let specifications = try ExportSample.documents(files).compactMap { $0["spec"]?["template"]?["spec"] }
        let seen = try specifications.map { specification in
            let mounts = try #require(specification["containers"]?[0]?["volumeMounts"])
            let mount = try #require((0..<4).compactMap { mounts[$0] }.first { $0["name"] == .text("keys") })
            return mount["subPathExpr"]?.text
        }
        #expect(seen == ["tracker.key", "$(POD_NAME).key", everyNode == nil ? "$(POD_NAME).key" : "lab-7-b-peer.key"])
        // Root takes no secret that its group may read as well.
        for specification in specifications {
            let context = try #require(specification["securityContext"])
            #expect((context["fsGroup"] == nil) == (context["runAsUser"] == .number(0)))
        }
    }

    @Test func whatAnAllowListSaysGoesWithIt() throws {
        let list = try ExportSample.keys(ExportSample.keyNames(.systemd)).list.text
        for (format, paths) in [
            (ExportFormat.systemd, ["lab1/swarm.allow", "lab2/swarm.allow"]), (.compose, ["swarm.allow"]),
        ] {
            let files = try ExportSample.secured(format).files(format).filter { $0.path.hasSuffix(".allow") }
            #expect(files.map(\.path) == paths)
            for file in files { #expect(file.bytes == Array(list.utf8)) }
        }
    }

    @Test func whoseKeyIsMissingIsNamedWithTheCommand() throws {
        func fault(_ names: [String], _ format: ExportFormat = .systemd) throws -> String {
            let error = #expect(throws: ExportError.self) {
                try ExportSample.secured(format) { $0.keys = try? ExportSample.keys(names) }.files(format)
            }
            return error?.description ?? ""
        }
        let folder = "/srv/it's 50% of $HOME"
        #expect(
            try fault(["tracker", "seed", "peer1"])
                == "\(folder) lacks public keys of the swarm's processes; make them by gotorrent keys new "
                + "\(folder)/peer2.key")
        #expect(try fault(["seed", "peer1", "peer2"]).hasSuffix("\(folder)/tracker.key --role tracker"))
        #expect(try fault([]).hasSuffix("/seed.key, gotorrent keys new \(folder)/peer1.key, and 1 more of that kind"))
        #expect(try fault(ExportSample.keyNames(.systemd), .kubernetes).contains("/lab-7-b-seed-0.key"))
    }

    @Test func oneTrackerHasOneKey() throws {
        var keys = try ExportSample.keys(ExportSample.keyNames(.systemd))
        var list = keys.list
        let another = try #require(CurvePublicKey(bytes: [UInt8](repeating: 0xEE, count: 32)))
        let isNew = list.add(AllowList.Entry(key: another, name: "tracker", role: .tracker))
        #expect(isNew)
        keys = ExportedKeys(folder: keys.folder, list: list)
        let error = #expect(throws: ExportError.self) {
            try ExportSample.secured(.systemd) { $0.keys = keys }.files(.systemd)
        }
        #expect(error?.description.contains("2 public keys of the tracker") == true)
    }

    @Test(arguments: ExportFormat.allCases) func keysAndSecurityGoTogether(format: ExportFormat) throws {
        let without = #expect(throws: ExportError.self) {
            try ExportSample.secured(format) { $0.keys = nil }.files(format)
        }
        #expect(without?.description.contains("--keys") == true)
        let keys = try ExportSample.keys(ExportSample.keyNames(format))
        let open = #expect(throws: ExportError.self) { try ExportSample.export { $0.keys = keys }.files(format) }
        #expect(open?.description.contains("security: curve") == true)
    }
}
