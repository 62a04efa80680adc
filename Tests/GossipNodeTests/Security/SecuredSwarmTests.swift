import GossipCore
import GossipNode
import GossipWire
import Metainfo
import TestSupport
import Testing
import ZeroMQ

/// A tracker, its bus and a peer with keys: who is heard, who is not, and who no longer.
@Suite(.timeLimit(.minutes(5)))
struct SecuredSwarmTests {
    private static let torrent = Array("t".utf8)

    private static func announce(_ reference: String, verb: String = "announce") -> [[UInt8]] {
        Frames.text("GT1", verb) + [torrent, Array(reference.utf8)]
    }

    @Test func aNodeSpeaksForItselfAlone() async throws {
        try await SecuredRig.run { rig, stage in
            let client = try rig.socket(.request, "lab1", to: rig.endpoints.requests, of: "tracker", stage)
            func ask(_ frames: [[UInt8]]) throws -> [[UInt8]]? {
                try client.send(frames)
                return try client.next()
            }
            let (own, other) = (try rig.pair("lab1").publicKey.hex, try rig.pair("lab2").publicKey.hex)
            for reference in ["tcp://10.0.0.1:7000", "tcp://10.0.0.1:7000#\(other)"] {
                for verb in ["announce", "leave"] {
                    #expect(Frames.errorCode(try ask(Self.announce(reference, verb: verb))) == "not-allowed")
                }
            }
            #expect(try ask(Frames.text("GT1", "get_peers") + [Self.torrent]) == Frames.text("GT1", "peers"))
            let reference = "tcp://10.0.0.1:7000#\(own)"
            #expect(try ask(Self.announce(reference))?[1] == Array("ok".utf8))
            #expect(
                try ask(Frames.text("GT1", "get_peers") + [Self.torrent])
                    == Frames.text("GT1", "peers") + [Array(reference.utf8)])
            #expect(try ask(Self.announce(reference, verb: "leave")) == Frames.text("GT1", "ok"))
        }
    }

    @Test(arguments: ["screen", "stranger", nil])
    func nobodyElseIsAnswered(name: String?) async throws {
        try await SecuredRig.run { rig, stage in
            let seed = try rig.seedReference()
            let question = Frames.text("GT1", "get_peers") + [rig.metafile.infoHash.bytes]
            let pull =
                Frames.text("GT1", "pull") + [
                    rig.metafile.infoHash.bytes, Frames.number(UInt64(0)), Frames.number(UInt32(0)),
                ]
            func clients(_ name: String?) throws -> (Socket, Socket) {
                let asking = try rig.socket(.request, name, to: rig.endpoints.requests, of: "tracker", stage)
                let pulling = try rig.socket(.dealer, name, to: seed.endpoint, of: "seed", stage)
                try asking.send(question)
                try pulling.send(pull)
                return (asking, pulling)
            }
            let intruder = try clients(name)
            if let name {
                for port in [SecuredPort.tracker, .peer] { #expect(try rig.awaitRefusal(of: name, at: port)) }
            }
            // Those who may are answered, in the same way and later.
            let node = try clients("lab1")
            #expect(try node.0.next()?[1] == Array("peers".utf8))
            #expect(try node.1.next()?[1] != nil)
            for socket in [intruder.0, intruder.1] { #expect(try socket.receive(timeout: silence) == nil) }
        }
    }

    /// libzmq lets everyone in then, but what comes has no key that could be on the list.
    @Test func withoutAKeeperNobodyIsHeard() async throws {
        try await SecuredRig.run(isKept: false) { rig, stage in
            let client = try rig.socket(.request, "lab2", to: rig.endpoints.requests, of: "tracker", stage)
            try client.send(Frames.text("GT1", "get_peers") + [Self.torrent])
            #expect(Frames.errorCode(try client.next()) == "not-allowed")
        }
    }

    @Test func aMonitorHearsTheBusAndCannotSpeakThere() async throws {
        try await SecuredRig.run { rig, stage in
            let strangers = try [nil, "stranger"].map {
                try rig.socket(.subscribe, $0, to: rig.endpoints.busSubscribe, of: "tracker", stage)
            }
            let monitor = try rig.socket(.subscribe, "screen", to: rig.endpoints.busSubscribe, of: "tracker", stage)
            #expect(try monitor.next() != nil)
            let voice = Array("event.00.voice".utf8)
            let publishers = try ["screen", "stranger", nil, "lab1"].map { name in
                let socket = try rig.socket(.publish, name, to: rig.endpoints.busPublish, of: "tracker", stage)
                return (name: name ?? "nobody", socket: socket)
            }
            for name in ["screen", "stranger"] { #expect(try rig.awaitRefusal(of: name, at: .busPublish)) }
            #expect(try rig.awaitRefusal(of: "stranger", at: .busSubscribe))
            // The node's word comes through; before and after it nobody else's.
            var heard: Set<[UInt8]> = []
            for _ in 0..<3 {
                _ = try repeatedly(monitor) {
                    for publisher in publishers { try publisher.socket.send([voice, Array(publisher.name.utf8)]) }
                    guard let message = try monitor.receive(timeout: .milliseconds(5)), message[0] == voice else {
                        return false
                    }
                    heard.insert(message[1])
                    return true
                }
            }
            #expect(heard == [Array("lab1".utf8)])
            for socket in strangers { #expect(try socket.receive(timeout: silence) == nil) }
        }
    }

    @Test func whoSendsWrongChunksIsBannedByItsKey() async throws {
        try await SecuredRig.run(role: .peer) { rig, stage in
            let seed = try rig.seedReference()
            let torrent = rig.metafile.infoHash.bytes
            func request(_ verb: String, _ rest: [UInt8]...) -> [[UInt8]] {
                Frames.text("GT1", verb) + [torrent, Frames.number(UInt64(0)), Frames.number(UInt32(0))] + rest
            }
            let liar = try rig.socket(.dealer, "lab1", to: seed.endpoint, of: "seed", stage)
            for _ in 0..<2 { try liar.send(request("push", Array("X".utf8))) }
            try liar.send(request("pull"))
            #expect(try liar.next() != nil, "two are forgiven")
            #expect(rig.log.lines(saying: "banned").isEmpty)
            for _ in 0..<2 { try liar.send(request("push", Array("X".utf8))) }
            #expect(rig.log.waitFor("banned"))
            try liar.send(request("pull"))
            // Under another name, by another link: the key is the same.
            let again = try rig.socket(.dealer, "lab1", to: seed.endpoint, of: "seed", stage)
            try again.send(request("pull"))
            #expect(try rig.awaitRefusal(of: "lab1", at: .peer))
            let honest = try rig.socket(.dealer, "lab2", to: seed.endpoint, of: "seed", stage)
            try honest.send(request("pull"))
            #expect(try honest.next() != nil)
            for socket in [liar, again] { #expect(try socket.receive(timeout: silence) == nil) }
            let line = try #require(rig.log.lines(saying: "banned").first)
            let key = try rig.pair("lab1").publicKey.hex
            #expect(line.metadata["peer"] == "lab1" && line.metadata["key"] == key)
            #expect(rig.log.lines(saying: "banned").count == 1)
        }
    }

    @Test func whoIsStruckOffTheListIsNoLongerHeardOnTheLinkThatHeHas() async throws {
        try await SecuredRig.run { rig, stage in
            let question = Frames.text("GT1", "get_peers") + [Self.torrent]
            let client = try rig.socket(.request, "lab1", to: rig.endpoints.requests, of: "tracker", stage)
            try client.send(question)
            #expect(try client.next() == Frames.text("GT1", "peers"))
            rig.gate.replace(SecuredRig.list(rig.keys.filter { $0.key != "lab1" }))
            try client.send(question)
            #expect(Frames.errorCode(try client.next()) == "not-allowed")
            rig.gate.replace(SecuredRig.list(rig.keys))
            try client.send(question)
            #expect(try client.next() == Frames.text("GT1", "peers"))
        }
    }

    /// Nothing is asked of him either, nor given to him, on the link that this node has to him.
    @Test func whoIsStruckOffTheListIsToldNothingMore() async throws {
        try await SecuredRig.run(role: .peer) { rig, stage in
            let lab = try stage.socket(.router)
            try lab.setCurveServer(rig.pair("lab1"), guarding: SecuredPort.peer.rawValue)
            let reference = try "\(lab.bind("tcp://127.0.0.1:*"))#\(rig.pair("lab1").publicKey.hex)"
            let client = try rig.socket(.request, "lab1", to: rig.endpoints.requests, of: "tracker", stage)
            try client.send(Frames.text("GT1", "announce") + [rig.metafile.infoHash.bytes, Array(reference.utf8)])
            #expect(try client.next()?[1] == Array("ok".utf8))
            // Nothing but the list is why he is dropped: he answers, cycle for cycle.
            func answer(within patience: Duration) throws -> Bool {
                guard let message = try lab.receive(timeout: patience) else { return false }
                #expect(message[2] == Array("pull".utf8))
                _ = try lab.send(to: message[0], Frames.text("GT1", "none") + message[3...])
                return true
            }
            for _ in 0..<10 { #expect(try answer(within: patience)) }
            #expect(rig.log.lines(saying: "peer is gone").isEmpty)
            rig.gate.replace(SecuredRig.list(rig.keys.filter { $0.key != "lab1" }))
            let isDropped = try (0..<50).contains { _ in
                _ = try answer(within: silence)
                return !rig.log.lines(saying: "peer is gone").isEmpty
            }
            #expect(isDropped)
            // What was under way comes, and then nothing: a cycle takes 40 ms.
            let end = try (0..<50).first { _ in try !answer(within: silence * 4) }
            #expect(end != nil)
            #expect(rig.log.lines(saying: "peer is gone").count == 1)
            // The tracker still names him, so it was the list that kept him out.
            rig.gate.replace(SecuredRig.list(rig.keys))
            #expect(try answer(within: patience))
        }
    }

    /// Also in chunks as large as a frame may be: what CURVE adds to them must fit too.
    @Test(arguments: [ExchangeMode.single, .bulk])
    func aPeerGetsTheFileFromASeedThatKnowsItsKey(exchange: ExchangeMode) async throws {
        let folder = try TemporaryFolder()
        let content = exchange == .bulk ? Samples.bytes(300_000) : Samples.text
        try await SecuredRig.run(content: content, chunkSize: exchange == .bulk ? 64 << 10 : 1) { rig, _ in
            let node = try rig.node("lab1", role: .peer, exchange: exchange)
            let outcome = Watched<PeerNode.Ending?>(nil)
            let work = Task {
                let ending = try await node.run(dataPath: folder.path)
                outcome.update { $0 = ending }
            }
            #expect(outcome.wait { $0 != nil })
            work.cancel()
            #expect(outcome.current == .completed)
        }
        #expect(folder.read(Samples.name) == content)
    }
}
