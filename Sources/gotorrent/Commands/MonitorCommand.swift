import ArgumentParser
import GossipNode
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
            """)

    @Argument(help: "The bus, tcp://HOST:6970: one port above the tracker's.")
    var endpoint: String

    @Flag(help: "Print each message of the bus as one line of JSON, with its topic.")
    var json = false

    @OptionGroup var security: SecurityOptions

    func validate() throws {
        try security.validate(.monitor)
        if security.key != nil, security.trackerKey == nil {
            throw ValidationError("--key is given without --tracker-key; a secured bus must show the tracker's key")
        }
    }

    func run() async throws {
        try await Failure.reported {
            try await Interruption.stopping {
                let setup = try security.setup()
                try await NodeRuntime.with { runtime in
                    let subscriber = BusSubscriber(context: runtime.context, loop: runtime.loop)
                    do {
                        let credentials = setup.flatMap { setup in setup.trackerKey.map { (setup.keys, $0) } }
                        try await subscriber.start(endpoint: endpoint, credentials: credentials)
                        if json {
                            try await printLines(subscriber.deliveries)
                        } else {
                            try await MonitorView(STDOUT_FILENO).follow(subscriber.deliveries)
                        }
                    } catch {
                        await subscriber.stop()
                        throw error
                    }
                    await subscriber.stop()
                }
            }
        }
    }

    private func printLines(_ deliveries: AsyncStream<BusDelivery>) async throws {
        for await delivery in deliveries {
            guard let line = delivery.jsonLine else { continue }
            guard Console.write(line + "\n", to: STDOUT_FILENO) else { return }
        }
    }
}
