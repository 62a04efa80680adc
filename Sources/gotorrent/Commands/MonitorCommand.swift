import ArgumentParser
import GossipNode
import ProgramSupport
import Reporting

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "Watch a swarm on its bus.",
        discussion: """
            Shows a table, redrawn in place on a terminal, one plain line a cycle elsewhere. Monitors only listen: any \
            number may come and go without the swarm noticing.

            With --web, a run directory in place of the bus shows a run that is over, cycle by cycle.
            """)

    @Argument(help: "The bus, tcp://HOST:6970: one port above the tracker's. With --web also a run directory.")
    var endpoint: String

    @Flag(help: "Print each message of the bus as one line of JSON, with its topic.")
    var json = false

    @Option(
        help: ArgumentHelp(
            """
            Write what happens, and when, to this file: who joins, completes, leaves, fails, stalls, falls silent and is \
            back, and whether the clock is heard. A row each, as in events.csv of a run. (default: none)
            """,
            valueName: "file"))
    var record: String?

    @OptionGroup var web: WebOptions

    @OptionGroup var security: SecurityOptions

    func validate() throws {
        try security.validate(.monitor)
        if security.key != nil, security.trackerKey == nil {
            throw ValidationError("--key is given without --tracker-key; a secured bus must show the tracker's key")
        }
    }

    func run() async throws {
        try await Failure.reported {
            let page = try web.program()
            if let page, !endpoint.contains("://") { return try await replay(page) }
            let record = try record.map { path in try MonitorRecord(path: path) }
            try await Interruption.stopping {
                let setup = try security.setup()
                let credentials = setup.flatMap { setup in setup.trackerKey.map { (setup.keys, $0) } }
                try await NodeRuntime.with { runtime in
                    let subscriber = BusSubscriber(context: runtime.context, loop: runtime.loop)
                    do {
                        try await subscriber.start(endpoint: endpoint, credentials: credentials)
                        let keys = credentials.map { NodeCredentials(keys: $0, trackerKey: $1, list: AllowList()) }
                        try await show(subscriber.deliveries, record, page, keys)
                    } catch {
                        await subscriber.stop()
                        throw error
                    }
                    await subscriber.stop()
                }
            }
        }
    }

    /// Ends when the first of its parts does: what shows the swarm, here or in a browser, or what looks for those who fell
    /// silent.
    private func show(
        _ deliveries: AsyncStream<BusDelivery>, _ record: MonitorRecord?, _ page: WebProgram?, _ keys: NodeCredentials?
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                if json {
                    try await printLines(deliveries, record)
                } else {
                    try await MonitorView(STDOUT_FILENO).follow(deliveries, record)
                }
            }
            if let record { group.addTask { try await record.watch() } }
            if let page { group.addTask { try await open(page, keys) } }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func open(_ page: WebProgram, _ keys: NodeCredentials?) async throws {
        try await page.run(source: endpoint, name: nil, keys: keys) { address in
            Console.note("gotorrent: the swarm is shown at \(address)")
        }
    }

    /// Shows a run that is over until it is interrupted.
    private func replay(_ page: WebProgram) async throws {
        guard !json, record == nil, security.key == nil else {
            throw UsageError("\(endpoint) is no bus; a run directory is shown by --web alone, without other options")
        }
        try await Interruption.stopping {
            try await page.run(source: endpoint, name: nil, keys: nil) { address in
                Console.note("gotorrent: the run is shown at \(address)")
            }
        }
    }

    private func printLines(_ deliveries: AsyncStream<BusDelivery>, _ record: MonitorRecord?) async throws {
        for await delivery in deliveries {
            try await record?.take(delivery)
            guard let line = delivery.jsonLine else { continue }
            guard Console.write(line + "\n", to: STDOUT_FILENO) else { return }
        }
    }
}
