import ArgumentParser
import GossipCore
import GossipSimulation
import Topology

/// The network between simulated nodes. Any of these makes every message, tick and timer an event of its own.
struct NetworkOptions: ParsableArguments {
    @Option(help: "Share of the gossip's messages that are lost, such as 5%.")
    var loss: String?

    @Option(help: "What every message takes, such as 20ms.")
    var delay: String?

    @Option(help: "What a message takes on top of that at most, drawn for each, such as 5ms.")
    var jitter: String?

    @Option(help: "Share of the messages that come twice, such as 1%.")
    var duplication: String?

    @Option(help: "Share of the messages that others may overtake by up to a tenth of a cycle, such as 1%.")
    var reordering: String?

    @Option(help: "What each node sends at most, such as 100Mbit/s or 10MiB/s.")
    var uplink: String?

    @Option(help: "What each node receives at most, such as 100Mbit/s or 10MiB/s.")
    var downlink: String?

    @Option(help: "Chunks that each node sends at most in a cycle, and receives: in place of --uplink and --downlink.")
    var slots: Int?

    @Option(help: "Δ, the length of a gossip cycle, such as 100ms. (default of a network: 1s)")
    var cycle: String?

    @Option(help: "Bytes a chunk, such as 256KiB. (default of a network: 1; in bulk 1MiB)")
    var chunkSize: String?

    private var isGiven: Bool {
        let options = [loss, delay, jitter, duplication, reordering, uplink, downlink, cycle, chunkSize]
        return slots != nil || options.contains { $0 != nil }
    }

    /// The network that was asked for; nil where none was.
    /// - Parameter standard: what holds where no option says otherwise.
    /// - Throws: `UsageError`, which says what would be right.
    func parameters(_ standard: NetworkParameters) throws -> NetworkParameters? {
        guard isGiven else { return nil }
        var network = standard
        var conditions = network.conditions
        if let cycle = try Self.read("--cycle", cycle, TopologyFields.cycle.parse) {
            network.interval = .milliseconds(cycle.wholeMilliseconds)
        }
        if let size = try Self.read("--chunk-size", chunkSize, TopologyFields.chunkSize.parse) {
            network.chunkSize = Int(size)
        }
        conditions.lossPermille =
            try Self.read("--loss", loss) { text throws(InvalidText) in
                try PercentText.parse(text, upTo: 999)
            } ?? 0
        conditions.delay = try Self.span("--delay", delay)
        conditions.jitter = try Self.span("--jitter", jitter)
        conditions.duplicationPermille = try Self.share("--duplication", duplication)
        conditions.reorderingPermille = try Self.share("--reordering", reordering)
        conditions.reorderingDelay = TimeSpan(nanoseconds: network.interval.nanoseconds / 10)
        network.pace.uplinkBytesPerSecond = try Self.read("--uplink", uplink, RateText.parse)
        network.pace.downlinkBytesPerSecond = try Self.read("--downlink", downlink, RateText.parse)
        network.conditions = conditions
        if let slots {
            guard (1...1_000_000).contains(slots) else {
                throw UsageError("--slots is \(slots); it must be from 1 to 1000000")
            }
            guard uplink == nil, downlink == nil else {
                throw UsageError("--slots says what --uplink and --downlink say; leave one of them out")
            }
            network.setSlots(slots)
        }
        return network
    }

    private static func share(_ option: String, _ text: String?) throws -> Int {
        try read(option, text) { text throws(InvalidText) in try PercentText.parse(text) } ?? 0
    }

    private static func span(_ option: String, _ text: String?) throws -> TimeSpan {
        .milliseconds(try read(option, text, DurationText.parse)?.wholeMilliseconds ?? 0)
    }

    private static func read<Value>(
        _ option: String, _ text: String?, _ parse: (String) throws(InvalidText) -> Value
    ) throws -> Value? {
        guard let text else { return nil }
        do throws(InvalidText) {
            return try parse(text)
        } catch {
            throw UsageError(error.described(as: option))
        }
    }
}
