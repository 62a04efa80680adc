import ArgumentParser
import GossipNode

struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "Watch a swarm on its bus.",
        discussion: "Monitors only listen: any number may come and go without the swarm noticing.")

    @Argument(help: "The bus, tcp://HOST:6970: one port above the tracker's.")
    var endpoint: String

    @Flag(help: "Print each message of the bus as one line of JSON.")
    var json = false

    func run() async throws {
        try await Failure.reported {
            try await Interruption.stopping {
                try await NodeRuntime.with { runtime in
                    let subscriber = BusSubscriber(context: runtime.context, loop: runtime.loop)
                    try await subscriber.start(endpoint: endpoint)
                    await printLines(subscriber.deliveries)
                    await subscriber.stop()
                }
            }
        }
    }

    private func printLines(_ deliveries: AsyncStream<BusDelivery>) async {
        for await delivery in deliveries {
            Console.result(delivery.topic + " " + String(decoding: delivery.body, as: UTF8.self))
        }
    }
}
