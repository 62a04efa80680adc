import GossipCore

/// What the command line sets in place of the topology's values, as typed there.
///
/// The texts are read by the same fields as the file's, so that both accept and refuse the same.
package struct TopologyOverrides: Equatable, Sendable {
    package var name: String?
    package var chunkSize: String?
    package var style: String?
    package var fanout: String?
    package var cycle: String?
    package var chunkSelection: String?
    package var separation: String?
    package var peerChoice: String?
    package var peerSampling: String?
    package var exchange: String?
    package var security: String?
    /// The tracker's port.
    package var port: String?
    /// In cycles.
    package var stallTimeout: String?

    package init(
        name: String? = nil, chunkSize: String? = nil, style: String? = nil, fanout: String? = nil,
        cycle: String? = nil, chunkSelection: String? = nil, separation: String? = nil, peerChoice: String? = nil,
        peerSampling: String? = nil, exchange: String? = nil, security: String? = nil, port: String? = nil,
        stallTimeout: String? = nil
    ) {
        self.name = name
        self.chunkSize = chunkSize
        self.style = style
        self.fanout = fanout
        self.cycle = cycle
        self.chunkSelection = chunkSelection
        self.separation = separation
        self.peerChoice = peerChoice
        self.peerSampling = peerSampling
        self.exchange = exchange
        self.security = security
        self.port = port
        self.stallTimeout = stallTimeout
    }

    /// Puts what is set in place of the description's values; what is wrong is added to the issues.
    func apply(to description: inout TopologyDescription, issues: IssueCollector) {
        func set<Value>(_ target: inout Value, _ option: String, _ text: String?, _ field: Field<Value>) {
            guard let text else { return }
            do throws(InvalidText) {
                target = try field.parse(text)
            } catch {
                issues.add(TopologyIssue(.option(option), error.described(as: option)))
            }
        }
        set(&description.name, "--name", name, TopologyFields.runName)
        set(&description.torrent.chunkSize, "--chunk-size", chunkSize, TopologyFields.chunkSize)
        set(&description.gossip.style, "--style", style, TopologyFields.style)
        set(&description.gossip.fanout, "--fanout", fanout, TopologyFields.fanout)
        if cycle != nil {
            var fixed = description.cycle
            set(&fixed, "--cycle", cycle, TopologyFields.cycle)
            description.fixedCycle = fixed
        }
        set(&description.gossip.chunkSelection, "--chunk-selection", chunkSelection, TopologyFields.chunkSelection)
        set(&description.gossip.separation, "--separation", separation, TopologyFields.separation)
        set(&description.gossip.peerChoice, "--peer-choice", peerChoice, TopologyFields.peerChoice)
        var kind = description.gossip.peerSampling.kind
        set(&kind, "--peer-sampling", peerSampling, TopologyFields.peerSampling)
        description.gossip.peerSampling = kind.sampling(description.gossip.peerSampling.sizes ?? .standard)
        set(&description.gossip.exchange, "--exchange", exchange, TopologyFields.exchange)
        set(&description.security, "--security", security, TopologyFields.security)
        set(&description.tracker.port, "--port", port, TopologyFields.trackerPort)
        set(&description.stallTimeoutCycles, "--stall-timeout", stallTimeout, TopologyFields.stallTimeoutCycles)
    }
}
