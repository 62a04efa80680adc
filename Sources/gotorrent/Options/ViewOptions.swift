import ArgumentParser
import GossipCore
import GossipSimulation

/// Whom simulated nodes know.
struct ViewOptions: ParsableArguments {
    enum View: String, CaseIterable, ExpressibleByArgument {
        case tracker, full, cyclon, ring, grid
        case randomRegular = "random-regular"
        case smallWorld = "small-world"
        case scaleFree = "scale-free"

        /// Whether `--degree` says anything of it.
        var isGraph: Bool { self != .tracker && self != .full && self != .cyclon }
    }

    @Option(
        help: ArgumentHelp(
            """
            tracker: nodes know the tracker's samples; full: everyone knows everyone; cyclon: a partial view that \
            shuffles renew, begun with one sample; ring, grid, random-regular, small-world or scale-free: nodes know \
            their neighbours in such a graph, and nobody else. (default: tracker, or what the topology says)
            """))
    var view: View?

    @Option(help: "Peers in a partial view, for the view cyclon. (default: 20)")
    var viewSize: Int?

    @Option(help: "Entries that a shuffle carries, for the view cyclon. (default: 8)")
    var shuffleLength: Int?

    @Option(help: "Neighbours a node in a graph; of small-world and scale-free, on average. (default: 4; of a ring, 2)")
    var degree: Int?

    @Option(help: "Fraction of a small-world graph's edges that lead anywhere. (default: 0.1)")
    var rewire: Double?

    /// - Throws: `UsageError` where an option says nothing of any of the views.
    func checkUse(with views: [View]) throws {
        if degree != nil, !views.contains(where: \.isGraph) {
            throw UsageError("--degree is for graphs; take --view \(Self.graphs), or leave --degree out")
        }
        if rewire != nil, !views.contains(.smallWorld) {
            throw UsageError("--rewire is for small-world graphs; take --view small-world, or leave --rewire out")
        }
        for (option, value) in [("--view-size", viewSize), ("--shuffle-length", shuffleLength)]
        where value != nil && !views.contains(.cyclon) {
            throw UsageError("\(option) is for views that shuffles renew; take --view cyclon, or leave \(option) out")
        }
    }

    /// The view that was asked for, or else the one of the topology that the parameters were taken from.
    func chosen(_ parameters: SimulationParameters) -> View {
        view ?? (parameters.gossip.peerSampling == .tracker ? .tracker : .cyclon)
    }

    /// How large partial views are, those of the topology where no option says it.
    func sizes(_ parameters: SimulationParameters) throws -> PeerSampling.Sizes {
        let given = parameters.gossip.peerSampling.sizes ?? .standard
        return try ViewSizes.checked(view: viewSize ?? Int(given.view), shuffle: shuffleLength ?? Int(given.shuffle))
    }

    /// - Parameters:
    ///   - view: the one of `--view`, or one that a sweep varies it to.
    ///   - sampleSize: for the views `tracker` and `cyclon`.
    func peerView(_ view: View, sampleSize: Int = 3) throws -> PeerView {
        switch view {
        case .tracker: return .tracker(sampleSize: sampleSize)
        case .full: return .full
        case .cyclon: return .cyclon(sampleSize: sampleSize)
        case .ring: return .graph(.ring(degree: degree ?? 2))
        case .grid:
            guard degree ?? 4 == 4 else {
                throw UsageError("--degree is \(degree ?? 4); a grid's nodes have 4 neighbours, leave --degree out")
            }
            return .graph(.grid)
        case .randomRegular: return .graph(.randomRegular(degree: degree ?? 4))
        case .smallWorld: return .graph(.smallWorld(degree: degree ?? 4, rewire: rewire ?? 0.1))
        case .scaleFree: return .graph(.scaleFree(degree: degree ?? 4))
        }
    }

    private static let graphs = "ring, random-regular, small-world or scale-free"
}

extension SimulationParameters {
    /// Lets nodes know each other by a view, and shuffle where it is one of shuffles.
    /// - Parameter sizes: of a partial view.
    mutating func setView(_ view: PeerView, _ sizes: PeerSampling.Sizes) {
        self.view = view
        gossip.peerSampling = if case .cyclon = view { PeerSampling.Kind.cyclon.sampling(sizes) } else { .tracker }
    }

    /// - Throws: `UsageError`, which says what would be right, where the selection takes no file of so many chunks, or
    ///   there is no graph of so many nodes.
    func check() throws {
        if let fault = gossip.fault(chunkCount: chunks) { throw UsageError(fault) }
        if gossip.exchange == .bulk, network?.pace.uplinkBytesPerSecond == nil {
            throw UsageError(
                "the exchange bulk fills the lines; it must be said what they carry: --slots 10 (chunks a cycle), "
                    + "or --uplink 100Mbit/s")
        }
        guard case .graph(let model) = view else { return }
        do {
            try model.check(nodeCount: nodes)
        } catch {
            throw UsageError("\(error)")
        }
    }
}
