import GossipCore
import GossipNode
import GossipWire
import Metainfo
import TestSupport
import Testing
import ZeroMQ

/// A tracker and a seed of a secured swarm, and the keys of all who may or may not speak to them.
struct SecuredRig: Sendable {
    /// Listed as nodes, but for `screen`, a monitor, and `stranger`, who is not listed.
    static let names = ["tracker", "seed", "lab1", "lab2", "screen", "stranger"]

    let keys: [String: CurveKeyPair]
    let gate: AccessGate
    let log: CapturedLog
    let endpoints: TrackerEndpoints
    let metafile: Metafile
    private let runtime: Runtime

    private init(
        _ keys: [String: CurveKeyPair], _ gate: AccessGate, _ endpoints: TrackerEndpoints, _ runtime: Runtime,
        _ log: CapturedLog, _ content: [UInt8], _ chunkSize: UInt32
    ) throws {
        self.keys = keys
        self.log = log
        self.gate = gate
        self.endpoints = endpoints
        self.runtime = runtime
        metafile = try Samples.metafile(content, chunkSize: chunkSize, tracker: endpoints.requests)
    }

    func pair(_ name: String) throws -> CurveKeyPair { try #require(keys[name]) }

    func security(_ name: String) throws -> SwarmSecurity {
        SwarmSecurity(keys: try pair(name), trackerKey: try pair("tracker").publicKey, gate: gate)
    }

    /// Runs the two, and `body` on a thread that may block.
    /// - Parameters:
    ///   - role: of the node `seed`; one that is a peer holds nothing.
    ///   - exchange: single where chunks have one byte, unless it is told.
    ///   - isKept: whether libzmq is told whom to let in.
    static func run(
        role: NodeRole = .seed, isKept: Bool = true, content: [UInt8] = Samples.text, chunkSize: UInt32 = 1,
        exchange: ExchangeMode? = nil, selection: ChunkSelection = .random,
        _ body: @Sendable (SecuredRig, Stage) throws -> Void
    ) async throws {
        let keys = try Dictionary(uniqueKeysWithValues: names.map { ($0, try CurveKeyPair.generate()) })
        let gate = AccessGate(own: try CurveKeyPair.generate().publicKey, list: list(keys))
        try await Runtime.with { runtime in
            let log = CapturedLog()
            let keeper = GateKeeper(
                gate, watching: nil, context: runtime.context, loop: runtime.loop, log: log.logger)
            if isKept { try await keeper.open() }
            let pair = try #require(keys["tracker"])
            var configuration = TrackerNodeConfiguration(
                bindEndpoint: "tcp://127.0.0.1:*", interval: .milliseconds(40), randomSeed: 1)
            configuration.security = SwarmSecurity(keys: pair, trackerKey: pair.publicKey, gate: gate)
            let tracker = TrackerNode(configuration, context: runtime.context, loop: runtime.loop, log: log.logger)
            let rig = try SecuredRig(keys, gate, await tracker.start(), runtime, log, content, chunkSize)
            let folder = try TemporaryFolder()
            if role == .seed { try folder.write(Samples.name, content) }
            let seed = try rig.node(
                "seed", role: role, exchange: exchange ?? (chunkSize > 1 ? .bulk : .single), selection: selection)
            let seeding = Task { try await seed.run(dataPath: folder.path) }
            let result = try await runtime.stage { stage in Result { try body(rig, stage) } }
            seeding.cancel()
            _ = await seeding.result
            await tracker.stop()
            await keeper.close()
            if case .failure = result { Issue.record("logged: \(log.lines.current)") }
            try result.get()
        }
    }

    /// A node with the key of that name.
    func node(
        _ name: String, role: NodeRole, exchange: ExchangeMode = .single, selection: ChunkSelection = .random
    ) throws -> PeerNode {
        var configuration = PeerNodeConfiguration(
            name: name, role: role, metafile: metafile,
            gossip: GossipParameters(
                style: .pull, fanout: 2, chunkSelection: selection, separation: .relaxed, exchange: exchange),
            randomSeed: 1)
        configuration.bindEndpoint = "tcp://127.0.0.1:*"
        configuration.advertisedHost = "127.0.0.1"
        configuration.busSubscribeEndpoint = endpoints.busSubscribe
        configuration.busPublishEndpoint = endpoints.busPublish
        configuration.expectedInterval = .milliseconds(40)
        configuration.refreshInterval = .milliseconds(40)
        configuration.stay = .milliseconds(100)
        configuration.security = try security(name)
        return PeerNode(
            configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers, log: log.logger)
    }

    /// A socket that shows the key of that name; nil for one without any.
    func socket(
        _ type: SocketType, _ name: String?, to endpoint: String, of server: String, _ stage: Stage
    ) throws -> Socket {
        let socket = try stage.socket(type)
        try socket.set(.reconnectInterval, to: .milliseconds(10))
        if let name { try socket.setCurveClient(try pair(name), server: try pair(server).publicKey) }
        if type == .subscribe { try socket.subscribe("") }
        try socket.connect(endpoint)
        return socket
    }

    /// Where the seed listens, once it does.
    func seedReference() throws -> PeerReference {
        try #require(log.waitFor("listening"))
        return try #require(log.lines(saying: "listening").first?.metadata["peer_ref"].flatMap { PeerReference($0) })
    }

    /// Returns once the key of that name was refused at a port.
    func awaitRefusal(of name: String, at port: SecuredPort) throws -> Bool {
        let key = try pair(name).publicKey.hex
        return log.lines.wait { lines in
            lines.contains {
                $0.message == "refused" && $0.metadata["key"] == key && $0.metadata["port"] == port.rawValue
            }
        }
    }

    static func list(_ keys: [String: CurveKeyPair]) -> AllowList {
        AllowList(
            keys.filter { $0.key != "stranger" }.map { name, keys in
                AllowList.Entry(
                    key: keys.publicKey, name: name,
                    role: name == "screen" ? .monitor : name == "tracker" ? .tracker : .node)
            })
    }
}
