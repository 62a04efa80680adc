import HTTPText

/// What has to agree between the parts of a topology, overrides applied.
struct TopologyChecks {
    let description: TopologyDescription
    let places: TopologyPlaces
    let overrides: TopologyOverrides

    func run(_ issues: IssueCollector) {
        checkFile(issues)
        checkTracker(issues)
        checkHosts(issues)
        checkNodeNames(issues)
        checkPorts(issues)
        checkMetrics(issues)
        checkRoles(issues)
    }

    private func checkFile(_ issues: IssueCollector) {
        let torrent = description.torrent
        // Without a path, its absence was reported already.
        guard !torrent.file.isEmpty else { return }
        if let fault = FileProbe.fault(ofReadableFile: torrent.file) {
            issues.add(
                "\(torrent.file) \(fault); torrent's file must be one that can be read, its path relative to this file",
                line: places.file)
            return
        }
        let size = FileProbe.size(torrent.file)
        let mostChunks = UInt64(UInt32.max)
        guard size > 0, (size - 1) / torrent.chunkSize >= mostChunks else { return }
        let smallest = (size - 1) / mostChunks + 1
        let message =
            "a chunk-size of \(ByteSize.format(torrent.chunkSize)) makes more than \(mostChunks) chunks of "
            + "\(size) bytes; it must be at least \(smallest)"
        add(message, option: overrides.chunkSize == nil ? nil : "--chunk-size", line: places.chunkSize, issues)
    }

    private func checkTracker(_ issues: IssueCollector) {
        let tracker = description.tracker
        guard tracker.peerTimeout < tracker.announceInterval else { return }
        let announceInterval = DurationText.format(tracker.announceInterval)
        issues.add(
            "peer-timeout is \(DurationText.format(tracker.peerTimeout)), shorter than announce-interval "
                + "(\(announceInterval)), so members would come and go; it must be at least \(announceInterval)",
            line: places.peerTimeout)
    }

    private func checkHosts(_ issues: IssueCollector) {
        guard !places.hasWrongHosts else { return }
        let listed = Set(description.hosts.map(\.name))
        // Enough of them for a message.
        let names = description.hosts.prefix(8).map(\.name)
        func check(_ host: String, of what: String, line: Int) {
            guard !listed.contains(host) else { return }
            let hint = WordList.nearest(to: host, among: names).map { " (\($0)?)" } ?? ""
            let choice = names.isEmpty ? "" : "be \(WordList.choice(names))\(hint), or "
            let shown = InvalidText.shown(host)
            issues.add("\(what)'s host \(shown) is not among hosts; it must \(choice)be listed", line: line)
        }
        check(description.tracker.host, of: "tracker", line: places.trackerHost)
        for node in description.nodes {
            check(node.host, of: node.name, line: places.node[node.name]?.host ?? places.nodes)
        }
    }

    /// Names become folders, and some file systems do not tell `Peer1` from `peer1`.
    private func checkNodeNames(_ issues: IssueCollector) {
        var first: [String: String] = [:]
        for node in description.nodes {
            guard let other = first.updateValue(node.name, forKey: node.name.lowercased()) else { continue }
            issues.add(
                "the names \(other) and \(node.name) differ in case alone; each must be a folder's name everywhere",
                line: places.node[node.name]?.name ?? places.nodes)
        }
    }

    private func checkPorts(_ issues: IssueCollector) {
        struct Endpoint: Hashable {
            let address: String
            let port: UInt16
        }
        let addresses = Dictionary(description.hosts.map { ($0.name, $0.address) }) { first, _ in first }
        func address(_ host: String) -> String { addresses[host] ?? host }
        let tracker = description.tracker
        let trackerPorts = Set(tracker.ports.map { Endpoint(address: address(tracker.host), port: $0) })
        var takers: [Endpoint: String] = [:]
        for node in description.nodes {
            guard let port = node.port else { continue }
            let endpoint = Endpoint(address: address(node.host), port: port)
            let line = places.node[node.name]?.port ?? places.nodes
            if trackerPorts.contains(endpoint) {
                let message =
                    "\(node.name)'s port \(port) is one of the tracker's on the same machine "
                    + "(\(tracker.port) to \(tracker.port + 2)); each must have a port of its own"
                add(message, option: overrides.port == nil ? nil : "--port", line: line, issues)
            }
            if let other = takers.updateValue(node.name, forKey: endpoint) {
                issues.add(
                    "\(node.name)'s port \(port) is \(other)'s on the same machine; each must have a port of its own",
                    line: line)
            }
        }
    }

    private func checkMetrics(_ issues: IssueCollector) {
        guard let metrics = description.metrics, metrics.port != 0 else { return }
        let last = Int(metrics.port) + description.nodes.count
        guard last <= UInt16.max else {
            issues.add(
                "metrics begin at port \(metrics.port) and need \(description.nodes.count + 1) of them, one for each process; "
                    + "the first must be at most \(Int(UInt16.max) - description.nodes.count)", line: places.metrics)
            return
        }
        let range = Int(metrics.port)...last
        let ports = description.tracker.ports + description.nodes.compactMap(\.port)
        guard let taken = ports.first(where: { range.contains(Int($0)) }) else { return }
        issues.add(
            "metrics are served on the ports \(metrics.port) to \(last), one for each process, and \(taken) is another's; "
                + "they must be others", line: places.metrics)
    }

    private func checkRoles(_ issues: IssueCollector) {
        guard !places.hasWrongNodes else { return }
        if description.seeds.isEmpty {
            issues.add("no node is a seed; at least one must have role: seed", line: places.nodes)
        }
        if description.peers.isEmpty {
            issues.add("no node is a peer; at least one must have role: peer, or none written", line: places.nodes)
        }
    }

    private func add(_ message: String, option: String?, line: Int, _ issues: IssueCollector) {
        guard let option else { return issues.add(message, line: line) }
        issues.add(TopologyIssue(.option(option), "\(option): \(message)"))
    }
}
