import GossipCore
import Yams

/// Turns the tree of a topology into its description, section by section, and notes where things stood.
struct TopologyReader {
    private let root: TopologySection
    private let issues: IssueCollector
    /// The lines of what is checked once the description is whole.
    private(set) var places = TopologyPlaces()

    init(root: Node, issues: IssueCollector) {
        self.issues = issues
        self.places.nodes = root.line
        if root.hasAnchor {
            issues.add("anchors and aliases are not read here; write the value out", line: root.line)
        }
        self.root = TopologySection(
            root, name: "the topology", line: 1,
            keys: ["name", "security", "torrent", "gossip", "tracker", "hosts", "nodes", "peers", "metrics", "run"],
            issues: issues
        )
    }

    var isMapping: Bool { root.isMapping }

    /// The description, with defaults for what is absent or was wrong.
    mutating func description() -> TopologyDescription {
        let gossip = section(
            "gossip",
            [
                "style", "fanout", "cycle", "chunk-selection", "separation", "peer-choice", "exchange",
                "peer-sampling", "view-size", "shuffle-length",
            ])
        let exchange = gossip.value("exchange", TopologyFields.exchange) ?? .single
        let run = section("run", ["stall-timeout"])
        let hosts = hosts()
        var description = TopologyDescription(
            name: root.value("name", TopologyFields.runName) ?? TopologyDescription.defaultName,
            torrent: torrent(),
            gossip: GossipParameters(
                style: gossip.value("style", TopologyFields.style) ?? .pushPull,
                fanout: gossip.value("fanout", TopologyFields.fanout) ?? 2,
                chunkSelection: gossip.value("chunk-selection", TopologyFields.chunkSelection)
                    ?? exchange.usualSelection,
                separation: gossip.value("separation", TopologyFields.separation) ?? exchange.usualSeparation,
                peerChoice: gossip.value("peer-choice", TopologyFields.peerChoice) ?? .uniform,
                peerSampling: peerSampling(gossip), exchange: exchange),
            tracker: tracker(),
            hosts: hosts,
            nodes: nodes(placedOver: hosts),
            security: root.value("security", TopologyFields.security) ?? .usual(hosts: hosts),
            stallTimeoutCycles: run.value("stall-timeout", TopologyFields.stallTimeoutCycles)
                ?? TopologyDescription.defaultStallTimeoutCycles)
        // An option may change the exchange, and with it what holds where nothing is said.
        description.fixedCycle = gossip.value("cycle", TopologyFields.cycle)
        description.metrics = root.value("metrics", TopologyFields.metrics)
        places.metrics = root.line(of: "metrics")
        return description
    }

    private func peerSampling(_ section: TopologySection) -> PeerSampling {
        let kind = section.value("peer-sampling", TopologyFields.peerSampling) ?? .tracker
        let viewSize = section.value("view-size", TopologyFields.viewSize)
        let shuffleLength = section.value("shuffle-length", TopologyFields.viewSize)
        for key in ["view-size", "shuffle-length"] where kind == .tracker && section[key] != nil {
            issues.add("\(key) is of no use without peer-sampling: cyclon", line: section.line(of: key))
        }
        let sizes = PeerSampling.Sizes(
            view: viewSize ?? PeerSampling.Sizes.standard.view,
            shuffle: shuffleLength ?? min(viewSize ?? .max, PeerSampling.Sizes.standard.shuffle))
        if sizes.shuffle > sizes.view {
            issues.add(
                "shuffle-length is \(sizes.shuffle); it must be from 1 to \(sizes.view), the size of the view",
                line: section.line(of: "shuffle-length"))
            return .tracker
        }
        return kind.sampling(sizes)
    }

    private func section(_ name: String, _ keys: [String]) -> TopologySection {
        TopologySection(root[name]?.node, name: name, line: root.line(of: name), keys: keys, issues: issues)
    }

    private mutating func torrent() -> TorrentDescription {
        let section = section("torrent", ["file", "chunk-size"])
        places.file = section.line(of: "file")
        places.chunkSize = section.line(of: "chunk-size")
        if root["torrent"] == nil {
            issues.add("there is no torrent; it must say what to copy, as in torrent: {file: …}", line: root.line)
        } else if section["file"] == nil {
            issues.add("torrent has no file; it must name the file to copy", line: section.line)
        }
        let path = section.value("file", TopologyFields.path)
        return TorrentDescription(
            file: path.map { FileProbe.absolute($0, besideFile: issues.path) } ?? "",
            chunkSize: section.value("chunk-size", TopologyFields.chunkSize) ?? TorrentDescription.defaultChunkSize)
    }

    private mutating func tracker() -> TrackerDescription {
        let section = section(
            "tracker", ["host", "port", "announce-interval", "peer-timeout", "sample-size", "refresh-interval"])
        places.trackerHost = section.line(of: "host")
        places.trackerPort = section.line(of: "port")
        places.peerTimeout = section.line(of: "peer-timeout")
        let standard = TrackerDescription()
        return TrackerDescription(
            host: section.value("host", TopologyFields.hostName) ?? standard.host,
            port: section.value("port", TopologyFields.trackerPort) ?? standard.port,
            announceInterval: section.value("announce-interval", TopologyFields.announceInterval)
                ?? standard.announceInterval,
            peerTimeout: section.value("peer-timeout", TopologyFields.peerTimeout) ?? standard.peerTimeout,
            sampleSize: section.value("sample-size", TopologyFields.sampleSize) ?? standard.sampleSize,
            refreshInterval: section.value("refresh-interval", TopologyFields.refreshInterval)
                ?? standard.refreshInterval)
    }

    private mutating func hosts() -> [HostDescription] {
        guard let written = root["hosts"], !written.node.isEmptyScalar else { return [.local] }
        let section = TopologySection(written.node, name: "hosts", line: written.line, keys: nil, issues: issues)
        places.hasWrongHosts = !section.isMapping
        var hosts: [HostDescription] = []
        for entry in section.entries {
            guard let name = name(of: entry, TopologyFields.hostName, "a host's name") else {
                places.hasWrongHosts = true
                continue
            }
            let host = TopologySection(
                entry.node, name: "host \(name)", prefix: "\(name)'s ", line: entry.line,
                keys: ["address", "ssh", "folder"],
                issues: issues)
            if let folder = host["folder"], host["ssh"] == nil {
                issues.add("\(name)'s folder is for hosts that are reached by ssh; leave it out", line: folder.line)
            }
            if host["address"] == nil, host.isMapping {
                issues.add("host \(name) has no address; it must say where others reach its nodes", line: entry.line)
            }
            hosts.append(
                HostDescription(
                    name: name, address: host.value("address", TopologyFields.address) ?? "",
                    ssh: host.value("ssh", TopologyFields.ssh),
                    folder: host.value("folder", TopologyFields.hostFolder)))
        }
        return hosts
    }

    /// Those that have a line of their own, then those that `peers` counts.
    private mutating func nodes(placedOver hosts: [HostDescription]) -> [NodeDescription] {
        let nodes = listedNodes()
        guard let count = root.value("peers", TopologyFields.peerCount) else {
            places.hasWrongNodes = places.hasWrongNodes || root["peers"] != nil
            return nodes
        }
        return nodes + countedPeers(count, over: hosts, besides: Set(nodes.map(\.name)))
    }

    /// `peer1`, `peer2`, …, one host after the other in the file's order.
    private mutating func countedPeers(
        _ count: Int, over hosts: [HostDescription], besides listed: Set<String>
    ) -> [NodeDescription] {
        let line = root.line(of: "peers")
        let names = (1...count).map { "peer\($0)" }
        if let taken = names.first(where: listed.contains) {
            issues.add(
                "peers is \(count), so \(taken) is one of them; among nodes it must have another name", line: line)
            places.hasWrongNodes = true
            return []
        }
        // Without any host that could be read, its absence was reported.
        let hostNames = hosts.isEmpty ? [HostDescription.local.name] : hosts.map(\.name)
        return names.enumerated().map { number, name in
            places.node[name] = .init(name: line, host: line, port: line)
            return NodeDescription(name: name, host: hostNames[number % hostNames.count])
        }
    }

    private mutating func listedNodes() -> [NodeDescription] {
        guard let written = root["nodes"] else {
            issues.add("there are no nodes; it needs at least one seed and one peer", line: root.line)
            places.hasWrongNodes = true
            return []
        }
        places.nodes = written.line
        let section = TopologySection(written.node, name: "nodes", line: written.line, keys: nil, issues: issues)
        places.hasWrongNodes = !section.isMapping
        var nodes: [NodeDescription] = []
        for entry in section.entries {
            guard let name = name(of: entry, TopologyFields.nodeName, "a node's name") else {
                places.hasWrongNodes = true
                continue
            }
            let node = TopologySection(
                entry.node, name: "node \(name)", prefix: "\(name)'s ", line: entry.line,
                keys: ["host", "role", "port"], issues: issues)
            let port = node.value("port", TopologyFields.nodePort) ?? 0
            let role = node.value("role", TopologyFields.role)
            if node["role"] != nil, role == nil { places.hasWrongNodes = true }
            places.node[name] = .init(
                name: entry.line, host: node.line(of: "host"), port: node.line(of: "port"))
            nodes.append(
                NodeDescription(
                    name: name,
                    host: node.value("host", TopologyFields.hostName) ?? HostDescription.local.name,
                    role: role ?? .peer,
                    port: port == 0 ? nil : port))
        }
        return nodes
    }

    private func name(of entry: TopologySection.Entry, _ field: Field<String>, _ what: String) -> String? {
        do throws(InvalidText) {
            return try field.parse(entry.key)
        } catch {
            issues.add(error.described(as: what), line: entry.line)
            return nil
        }
    }
}
