import ArgumentParser
import GossipCore
import GossipNode
import Metainfo
import ProgramSupport

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct TrackerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tracker", abstract: "Keep the membership, the bus and the cycle clock of swarms.",
        discussion: """
            Members announce themselves at the bound port. The bus listens on the next two: subscribers on the first, \
            publishers on the second. Once everything is up, one line of JSON with the endpoints goes to standard \
            output.
            """)

    @Option(help: "Where requests are answered; port * takes any free one, for the bus too.")
    var bind = "tcp://*:6969"

    @Option(help: "Where subscribers of the bus connect. (default: the next port)")
    var busSubscribe: String?

    @Option(help: "Where publishers to the bus connect. (default: the port after that)")
    var busPublish: String?

    @Option(
        help: """
            Δ, the length of a gossip cycle. (default: 1s; as soon as nodes that exchange in bulk report, what their \
            lines need)
            """)
    var cycle: DurationArgument?

    @Flag(help: "Take --cycle for the beginning, and go on with what nodes that exchange in bulk need.")
    var adaptCycle = false

    @Option(help: "Members of a torrent to wait for before the first cycle; 0 waits for nobody.")
    var expect = 0

    @Option(help: "How often members are to announce themselves.")
    var announceInterval = DurationArgument(milliseconds: 10_000)

    @Option(help: "The silence, with one cycle on top, after which a member is removed.")
    var peerTimeout = DurationArgument(milliseconds: 10_000)

    @Option(help: "Members in an answer to get_peers.")
    var sampleSize = 3

    @Option(help: "Members of one torrent at most.")
    var maxMembers = 1_000_000

    @Option(help: "Torrents at most.")
    var maxTorrents = 10_000

    @Option(
        help: ArgumentHelp(
            "Members that announce themselves from one address at most, of all torrents.", valueName: "members"))
    var maxAddressMembers = 16_384

    @Option(
        help: ArgumentHelp(
            "Torrents at most whose members announce themselves from one address.", valueName: "torrents"))
    var maxAddressTorrents = 1_000

    @Option(
        help: ArgumentHelp(
            "Announcements a second from one address, over time; ten seconds' worth may come at once.",
            valueName: "announcements"))
    var maxAddressRate: UInt64 = 2_000

    @Option(
        help: ArgumentHelp(
            """
            A folder whose metafiles (*.torrent) are given to those who ask by info hash; read once, at the start. At \
            most 10000 files and 256 MiB together. (default: none)
            """,
            valueName: "folder"))
    var metafiles: String?

    @Option(help: "Seeds the draws of get_peers. (default: a random number)")
    var randomSeed: UInt64?

    @Flag(help: ArgumentHelp("Stop when standard input is closed.", visibility: .hidden))
    var stopWithParent = false

    @OptionGroup var security: SecurityOptions
    @OptionGroup var metrics: MetricsOptions
    @OptionGroup var logging: LogOptions

    func validate() throws {
        try security.validate(.tracker)
        guard security.trackerKey == nil else {
            throw ValidationError("--tracker-key is for those who ask a tracker; the tracker's own key is --key")
        }
        guard cycle.map({ (1...3_600_000).contains($0.span.milliseconds) }) ?? true else {
            throw ValidationError("--cycle must be from 1ms to 1h")
        }
        guard (1...10_000).contains(sampleSize) else {
            throw ValidationError("--sample-size is \(sampleSize); it must be from 1 to 10000")
        }
        guard expect >= 0 else { throw ValidationError("--expect is \(expect); it must be 0 or more") }
        guard maxMembers >= 1, maxTorrents >= 1 else {
            throw ValidationError("--max-members and --max-torrents must be at least 1")
        }
        guard maxAddressMembers >= 1, maxAddressTorrents >= 1, (1...1_000_000).contains(maxAddressRate) else {
            throw ValidationError(
                "--max-address-members and --max-address-torrents must be at least 1, --max-address-rate up to 1000000")
        }
    }

    func run() async throws {
        try await Failure.reported(as: logging.logFormat) {
            let log = logging.logger("tracker")
            try await Interruption.stopping {
                let setup = try security.setup()
                let (commands, telling) = AsyncStream.makeStream(of: ClockCommand.self)
                if stopWithParent {
                    ParentWatch.start { line in if let command = ClockCommand(rawValue: line) { telling.yield(command) }
                    }
                }
                var nodeConfiguration = try nodeConfiguration()
                nodeConfiguration.security = setup?.ofTracker
                try await NodeRuntime.with(setup, log: log) { [nodeConfiguration] runtime in
                    try await metrics.serving(runtime, gate: setup?.gate, log: log) { registry in
                        var configuration = nodeConfiguration
                        configuration.metrics = registry
                        let tracker = TrackerNode(
                            configuration, context: runtime.context, loop: runtime.loop, log: log)
                        let endpoints = try await tracker.start()
                        Console.result(String(decoding: try JSONEncoder.lines.encode(endpoints), as: UTF8.self))
                        for await command in commands { await tracker.follow(command) }
                        await tracker.stop()
                    }
                }
            }
        }
    }

    private func nodeConfiguration() throws -> TrackerNodeConfiguration {
        var configuration = TrackerNodeConfiguration(
            bindEndpoint: bind, interval: cycle?.span ?? .seconds(1),
            randomSeed: randomSeed ?? UInt64.random(in: .min ... .max))
        configuration.busSubscribeEndpoint = busSubscribe
        configuration.busPublishEndpoint = busPublish
        configuration.expectedMembers = expect
        configuration.choosesInterval = cycle == nil || adaptCycle
        configuration.membership.announceInterval = announceInterval.span
        configuration.membership.peerTimeout = peerTimeout.span
        configuration.membership.sampleSize = sampleSize
        configuration.membership.memberLimit = maxMembers
        configuration.membership.totalMemberLimit = max(maxMembers, configuration.membership.totalMemberLimit)
        configuration.membership.torrentLimit = maxTorrents
        configuration.membership.originMemberLimit = maxAddressMembers
        configuration.membership.originTorrentLimit = maxAddressTorrents
        configuration.membership.originAnnounceRate = maxAddressRate
        if let metafiles {
            // Who asks here meets here; what a metafile says of its tracker is not looked at.
            try configuration.metafiles.addAll(in: metafiles, tracker: TrackerURI("tcp://127.0.0.1:6969"))
        }
        return configuration
    }
}
