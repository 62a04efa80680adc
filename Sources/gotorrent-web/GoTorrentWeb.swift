import ArgumentParser
import GossipNode
import ProgramSupport
import HTTPText
import SwarmPage
import ZeroMQ

/// The program: one page, served to browsers.
@main
struct GoTorrentWeb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gotorrent-web", abstract: "Show a swarm in a browser.",
        discussion: """
            Listens to a bus, or reads a run directory, and serves one page that shows it; its address is printed. \
            gotorrent monitor BUS --web and gotorrent run TOPOLOGY --web start this program.

              gotorrent-web tcp://127.0.0.1:6970
              gotorrent-web runs/gotorrent-push-pull-20261122T130746Z
            """,
        version: Version.description(of: "gotorrent-web"))

    static func main() async {
        Console.requireArguments(of: "gotorrent-web")
        await main(nil)
    }

    /// Messages of the bus that may wait; then the oldest go.
    private static let backlog = 8_192
    /// What browsers have for the last frame.
    private static let farewell = Duration.seconds(2)

    @Argument(help: "The bus, tcp://HOST:6970, or a run directory.")
    var source: String

    @Option(
        help: ArgumentHelp(
            """
            HOST:PORT, HOST or PORT to serve the page at; port 0 takes any free one. Beyond loopback the address that \
            is printed holds a token, and nobody sees the page without it. (default: \(ListenAddress.standard))
            """, valueName: "address"))
    var listen: String?

    @Option(
        help: ArgumentHelp(
            "The torrent to show, the beginning of its info hash. (default: the first that a node reports on)",
            valueName: "hex"))
    var torrent: String?

    @Option(help: "What the page calls the run.")
    var name: String?

    @Option(
        help: ArgumentHelp("Of a secured swarm, the secret key of a monitor. (default: none)", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("Of a secured swarm, the tracker's public key, 64 hex digits.", valueName: "hex"))
    var trackerKey: String?

    @Flag(help: ArgumentHelp("Read the keys from standard input.", visibility: .hidden))
    var credentialsFromInput = false

    @Flag(help: ArgumentHelp("Stop when standard input ends.", visibility: .hidden))
    var stopWithParent = false

    @Option(
        help: ArgumentHelp(
            "Let the page hold the clock, which is held or running now, and print what it tells the clock.",
            visibility: .hidden))
    var commandsClock: ClockState?

    enum ClockState: String, ExpressibleByArgument {
        case running
        case held
    }

    func validate() throws {
        if let listen, ListenAddress(listen) == nil {
            throw ValidationError("--listen is \(listen); it must be HOST:PORT, HOST or PORT, such as 0.0.0.0:6980")
        }
        if (key == nil) != (trackerKey == nil) {
            throw ValidationError("--key and --tracker-key go together: a secured bus must show the tracker's key")
        }
        if let trackerKey, CurvePublicKey(hex: trackerKey) == nil {
            throw ValidationError("--tracker-key must be 64 hex digits, as gotorrent keys show prints them")
        }
    }

    func run() async throws {
        do {
            let keys = try credentials()
            if stopWithParent { ParentWatch.start() }
            try await Interruption.stopping {
                if source.contains("://") {
                    try await showBus(keys)
                } else {
                    try await serve(ReplaySource(directory: source), work: { await untilCancelled() })
                }
            }
        } catch is Interruption {
            throw ExitCode(130)
        } catch {
            Console.error("\(error)", of: "gotorrent-web")
            throw ExitCode(error is RunFault ? 2 : 1)
        }
    }

    private func showBus(_ keys: (own: CurveKeyPair, tracker: CurvePublicKey)?) async throws {
        let context = try Context()
        let loop = try EventLoop(name: "gotorrent-web")
        // Where more is said than can be read, a page that is a second behind is worth more than one that missed nothing.
        let subscriber = BusSubscriber(
            context: context, loop: loop, backlog: Self.backlog, highWaterMark: Self.backlog)
        let live = LiveSource(
            SwarmPicture(name: name, torrent: torrent, at: .now), isPaused: commandsClock.map { $0 == .held })
        var failure: (any Error)?
        do {
            try await subscriber.start(endpoint: source, credentials: keys)
            try await serve(live) {
                // It goes on listening while the last frame is made, for what was said before the end.
                let listening = Task { await live.take(subscriber.deliveries) }
                await live.publish()
                listening.cancel()
                await listening.value
            }
        } catch {
            failure = error
        }
        await subscriber.stop()
        await loop.shutdown()
        context.terminate()
        if let failure { throw failure }
    }

    /// Serves the page while `work` goes on, until one of them ends or the task is cancelled.
    private func serve(_ source: any PageSource, work: @escaping @Sendable () async -> Void) async throws {
        let address = listen.flatMap { ListenAddress($0) } ?? .standard
        let token = address.isLoopback ? nil : AccessToken.make()
        let server = try PageServer(address, source: source, access: PageAccess(token: token))
        let host = address.isAny ? OutwardAddress.current : address.host
        Console.result(
            "http://\(ListenAddress(host: host, port: server.port))/\(token.map { "?token=\($0)" } ?? "")")
        let working = Task { await work() }
        let serving = Task {
            defer { working.cancel() }
            try await server.run()
        }
        await withTaskCancellationHandler {
            await working.value
        } onCancel: {
            working.cancel()
        }
        // The browsers get the last frame, and the word that it is the last, before their connections are closed.
        await source.hub?.waitUntilEmpty(atMost: Self.farewell)
        serving.cancel()
        if case .failure(let error) = await serving.result, !(error is CancellationError) { throw error }
    }

    private func credentials() throws -> (own: CurveKeyPair, tracker: CurvePublicKey)? {
        if credentialsFromInput {
            let given = try NodeCredentials(text: CredentialsInput.read(), path: "standard input")
            return (given.keys, given.trackerKey)
        }
        guard let key, let trackerKey = trackerKey.flatMap({ CurvePublicKey(hex: $0) }) else { return nil }
        return (try KeyFile.readPair(key), trackerKey)
    }
}
