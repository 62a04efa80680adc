import ArgumentParser
import GossipCore
import GossipSimulation

/// Whom simulated nodes know.
struct ViewOptions: ParsableArguments {
    enum View: String, CaseIterable, ExpressibleByArgument {
        case tracker, full, ring, grid
        case randomRegular = "random-regular"
        case smallWorld = "small-world"
        case scaleFree = "scale-free"

        /// Whether `--degree` says anything of it.
        var isGraph: Bool { self != .tracker && self != .full }
    }

    @Option(
        help: ArgumentHelp(
            """
            tracker: nodes know the tracker's samples; full: everyone knows everyone; ring, grid, random-regular, \
            small-world or scale-free: nodes know their neighbours in such a graph, and nobody else.
            """))
    var view = View.tracker

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
    }

    /// - Parameters:
    ///   - view: the one of `--view`, or one that a sweep varies it to.
    ///   - sampleSize: for the view `tracker`.
    func peerView(_ view: View, sampleSize: Int = 3) throws -> PeerView {
        switch view {
        case .tracker: return .tracker(sampleSize: sampleSize)
        case .full: return .full
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
