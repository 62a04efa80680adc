import GossipCore
import HTTPText
import Testing

@testable import Topology

/// Compose files and manifests, held against their published schemas and against what is kept.
@Suite struct ContainerExportTests {
    @Test func theComposeFileIsTheOneThatIsKept() throws {
        try ExportSample.compare(ExportSample.export().files(.compose), with: "compose")
    }

    @Test func theManifestsAreThoseThatAreKept() throws {
        try ExportSample.compare(ExportSample.export().files(.kubernetes), with: "kubernetes")
        let everyNode = ExportSample.export {
            $0.everyNode = "/var/lib/models"
            $0.image = "registry.example/gotorrent:1"
            $0.dataClaim = "images"
        }
        try ExportSample.compare(everyNode.files(.kubernetes), with: "every-node")
    }

    /// Pods say where their metrics are, unless nobody could reach them there.
    @Test(arguments: [nil, "127.0.0.1", "0.0.0.0"]) func podsSayWhereTheirMetricsAre(host: String?) throws {
        var topology = ExportSample.topology
        topology.metrics = host.map { ListenAddress(host: $0, port: 7_990) }
        let export = TopologyExport(topology, torrent: ExportSample.torrent)
        let schema = try JSONSchema(file: "kubernetes.json")
        let pods = try ExportSample.documents(export.files(.kubernetes)).filter { document in
            ["Deployment", "StatefulSet"].contains(document["kind"]?.text ?? "")
        }
        #expect(pods.count == 3)
        for (document, port) in zip(pods, ["7990", "7991", "7991"]) {
            #expect(try schema.faults(of: document, kind: document["kind"]?.text ?? "") == [])
            let template = document["spec"]?["template"]
            let annotations = template?["metadata"]?["annotations"]
            #expect(annotations?["prometheus.io/scrape"]?.text == (host == "0.0.0.0" ? "true" : nil))
            #expect(annotations?["prometheus.io/port"]?.text == (host == "0.0.0.0" ? port : nil))
            let arguments = template?["spec"]?["containers"]?[0]?["args"]?.texts ?? []
            let address = arguments.firstIndex(of: "--metrics").map { arguments[$0 + 1] }
            #expect(address == host.map { "\($0):\(port)" })
        }
    }

    @Test func theComposeFileSatisfiesTheSpecification() throws {
        let schema = try JSONSchema(file: "compose.json")
        let documents = try ExportSample.documents(ExportSample.export().files(.compose))
        #expect(documents.count == 1)
        for document in documents { #expect(try schema.faults(of: document) == []) }
    }

    @Test(arguments: [nil, "/var/lib/models"])
    func theManifestsSatisfyTheSchemas(everyNode: String?) throws {
        let schema = try JSONSchema(file: "kubernetes.json")
        let documents = try ExportSample.documents(ExportSample.export { $0.everyNode = everyNode }.files(.kubernetes))
        let kinds = documents.map { $0["kind"]?.text ?? "" }
        let peers = everyNode == nil ? "StatefulSet" : "DaemonSet"
        #expect(kinds == ["ConfigMap", "Service", "Deployment", "StatefulSet", "Service", peers])
        for (kind, document) in zip(kinds, documents) {
            #expect(try schema.faults(of: document, kind: kind) == [])
            #expect(document["apiVersion"]?.text == (kind == "Service" || kind == "ConfigMap" ? "v1" : "apps/v1"))
        }
    }

    /// A selector that names no pod of its own would be refused, or would find nobody.
    @Test func selectorsFindTheirPods() throws {
        let documents = try ExportSample.documents(ExportSample.export().files(.kubernetes))
        let templates = documents.compactMap { $0["spec"]?["template"]?["metadata"]?["labels"] }
        #expect(templates.count == 3)
        for document in documents where document["kind"] == .text("Service") {
            let selector = try #require(document["spec"]?["selector"])
            #expect(templates.count { $0 == selector } == 1)
        }
        for document in documents {
            guard let template = document["spec"]?["template"] else { continue }
            #expect(document["spec"]?["selector"]?["matchLabels"] == template["metadata"]?["labels"])
        }
    }

    @Test func everyNodesClockWaitsForNobody() throws {
        func expected(_ everyNode: String?) throws -> String {
            let files = try ExportSample.export { $0.everyNode = everyNode }.files(.kubernetes)
            let deployment = try #require(
                try ExportSample.documents(files).first { $0["kind"] == .text("Deployment") })
            let container = deployment["spec"]?["template"]?["spec"]?["containers"]?[0]
            let arguments = try #require(container?["args"]).texts
            return arguments[try #require(arguments.firstIndex(of: "--expect")) + 1]
        }
        #expect(try expected(nil) == "3")
        #expect(try expected("/models") == "0")
    }

    /// What nothing closes must not be waited for, and nothing of the topology's hosts is left in a container.
    @Test func noCommandNeedsALauncherOrAHost() throws {
        for format in ExportFormat.allCases {
            for file in try ExportSample.export().files(format) {
                let text = String(decoding: file.bytes, as: UTF8.self)
                #expect(!text.contains("--stop-with-parent"))
                if format != .systemd { #expect(!text.contains("10.0.0.1"), "\(file.path)") }
            }
        }
    }

    @Test(arguments: [
        ("Lab_7.b", "lab-7-b"), ("7", "gotorrent-7"), ("a..", "a"),
        (String(repeating: "x", count: 64), String(repeating: "x", count: 40)),
    ])
    func namesAreThoseThatKubernetesTakes(run: String, expected: String) {
        var topology = ExportSample.topology
        topology.name = run
        #expect(KubernetesExport(export: TopologyExport(topology, torrent: ExportSample.torrent)).name == expected)
    }

    @Test func whatAFormatHasNoPlaceForIsSaid() {
        var topology = ExportSample.topology
        topology.tracker.port = 0
        for format in ExportFormat.allCases {
            let error = #expect(throws: ExportError.self) {
                try TopologyExport(topology, torrent: ExportSample.torrent).files(format)
            }
            #expect(error?.description.contains("port is 0") == true)
        }
        let large = ExportedTorrent(infoHash: "00", metafile: Array(repeating: 0, count: 700_001), length: 1)
        let error = #expect(throws: ExportError.self) {
            try TopologyExport(ExportSample.topology, torrent: large).files(.kubernetes)
        }
        #expect(error?.description.contains("700001 bytes") == true)
        let relative = #expect(throws: ExportError.self) {
            try ExportSample.export { $0.everyNode = "models" }.files(.kubernetes)
        }
        #expect(relative?.description.contains("--every-node is models") == true)
    }
}
