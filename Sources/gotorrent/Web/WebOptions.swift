import ArgumentParser

/// Whether the swarm is shown in a browser as well.
struct WebOptions: ParsableArguments {
    @Option(
        name: .customLong("web"),
        help: ArgumentHelp(
            """
            Show the swarm in a browser, too: starts gotorrent-web and prints the page's address. With HOST:PORT, HOST or \
            PORT it is served there; beyond loopback its address then holds a token. (default: off; --web alone: \
            127.0.0.1:6980)
            """, valueName: "address"))
    var address: String?

    /// - Returns: nil where no page is wanted.
    /// - Throws: `UsageError` where the program that serves it is missing.
    func program() throws -> WebProgram? {
        guard let address else { return nil }
        return try WebProgram(address: address == AddressArgument.standard ? nil : address)
    }
}
