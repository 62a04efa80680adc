import GossipCore
import GossipNode
import GossipWire
import Metainfo
import Testing
import ZeroMQ

/// Who is banned from a secured swarm for wrong bytes and for lies, and that nobody else is.
@Suite(.timeLimit(.minutes(5)))
struct BanTests {
    /// A peer that the node connects to: announced, with the key of that name, in the test's hands.
    private struct Neighbour {
        let socket: Socket
        let reference: String

        init(_ name: String, _ rig: SecuredRig, _ stage: Stage) throws {
            socket = try stage.socket(.router)
            try socket.setCurveServer(rig.pair(name), guarding: SecuredPort.peer.rawValue)
            reference = try "\(socket.bind("tcp://127.0.0.1:*"))#\(rig.pair(name).publicKey.hex)"
            let client = try rig.socket(.request, name, to: rig.endpoints.requests, of: "tracker", stage)
            try client.send(Frames.text("GT1", "announce") + [rig.metafile.infoHash.bytes, Array(reference.utf8)])
            #expect(try client.next()?[1] == Array("ok".utf8))
        }

        /// Answers requests, each as `reply` says, until the node has banned somebody.
        /// - Returns: the answers that were given before.
        func answer(until rig: SecuredRig, _ reply: ([[UInt8]]) -> [[[UInt8]]]) throws -> [[[UInt8]]] {
            var given: [[[UInt8]]] = []
            let isBanned = try repeatedly(socket) {
                if let message = try socket.receive(timeout: .milliseconds(5)) {
                    for answer in reply(Array(message.dropFirst())) {
                        // Banned meanwhile, it is not reached any more.
                        if try socket.send(to: message[0], answer) == .sent { given.append(answer) }
                    }
                }
                return !rig.log.lines(saying: "banned").isEmpty
            }
            #expect(isBanned)
            return given
        }
    }

    private static func verb(_ frames: [[UInt8]]) -> String { String(decoding: frames[1], as: UTF8.self) }

    private static func expectBanned(_ name: String, for reason: String, _ rig: SecuredRig) throws {
        let lines = rig.log.lines(saying: "banned")
        #expect(lines.map { $0.metadata["peer"] } == [name])
        #expect(try lines.first?.metadata["key"] == rig.pair(name).publicKey.hex)
        #expect(lines.first?.metadata[reason] != nil)
        for other in SecuredRig.names where other != "stranger" && other != "screen" {
            #expect(try rig.gate.admits(peer: rig.pair(other).publicKey) == (other != name), "\(other)")
        }
    }

    @Test func whoAnswersPullsWithWrongBytesIsBanned() async throws {
        try await SecuredRig.run(role: .peer) { rig, stage in
            let liar = try Neighbour("lab1", rig, stage)
            let given = try liar.answer(until: rig) { frames in
                guard Self.verb(frames) == "pull" else { return [] }
                return [Frames.text("GT1", "chunk") + frames[2...] + [[0]]]
            }
            #expect(given.count >= AccessGate.wrongChunkLimit)
            try Self.expectBanned("lab1", for: "wrong_chunks", rig)
            #expect(rig.log.lines(saying: "wrong bytes").map { $0.metadata["peer"] } == [liar.reference])
        }
    }

    /// Its digest has every chunk, and it answers `none` of each.
    @Test(arguments: [ChunkSelection.useful, .rarestFirst])
    func whoLiesInDigestsIsBanned(selection: ChunkSelection) async throws {
        try await SecuredRig.run(role: .peer, selection: selection) { rig, stage in
            let liar = try Neighbour("lab1", rig, stage)
            var denied = 0
            _ = try liar.answer(until: rig) { frames in
                switch Self.verb(frames) {
                case "have": return [Frames.text("GT1", "have") + frames[2...3] + [[0xff, 0x80]]]
                case "pull":
                    denied += 1
                    return [Frames.text("GT1", "none") + frames[2...]]
                default: return []
                }
            }
            #expect(denied >= AccessGate.brokenPromiseLimit)
            try Self.expectBanned("lab1", for: "broken_promises", rig)
        }
    }

    /// In bulk likewise: it tells of everything, grants, and has nothing.
    @Test func whoLiesInTheExchangeIsBanned() async throws {
        let size = 64
        try await SecuredRig.run(role: .peer, content: Samples.bytes(64 * size), chunkSize: UInt32(size)) {
            rig, stage in
            let liar = try Neighbour("lab1", rig, stage)
            // Version, and that it is everything.
            let everything = Frames.number(UInt64(7)) + Frames.number(UInt32(0)) + [0]
            _ = try liar.answer(until: rig) { frames in
                let header = frames[2...3]
                func grant() -> [[UInt8]] { Frames.text("GT1", "grant") + header + [Frames.number(UInt32(4)), []] }
                switch Self.verb(frames) {
                case "exchange": return [Frames.text("GT1", "exchange") + header + [everything, [], []], grant()]
                case "want":
                    let wanted = stride(from: 0, to: frames[4].count, by: 4).map { Array(frames[4][$0..<$0 + 4]) }
                    return wanted.map { Frames.text("GT1", "none") + header + [$0] } + (wanted.isEmpty ? [] : [grant()])
                default: return []
                }
            }
            try Self.expectBanned("lab1", for: "broken_promises", rig)
        }
    }

    /// An honest one that holds little, and says so, may answer `none` as often as it likes.
    @Test func whoPromisedNothingIsNotBanned() async throws {
        try await SecuredRig.run(role: .peer) { rig, stage in
            let honest = try Neighbour("lab1", rig, stage)
            var answered = 0
            let isDone = try repeatedly(honest.socket) {
                guard let message = try honest.socket.receive(timeout: .milliseconds(5)) else { return false }
                let frames = Array(message.dropFirst())
                guard Self.verb(frames) == "pull" else { return false }
                try honest.socket.send(to: message[0], Frames.text("GT1", "none") + frames[2...])
                answered += 1
                return answered == 3 * AccessGate.brokenPromiseLimit
            }
            #expect(isDone && rig.log.lines(saying: "banned").isEmpty)
        }
    }

    /// The liar calls its link as another's, and names it in what it says; the key is its own all the same.
    @Test func nobodyGetsAnotherBannedByUsingItsName() async throws {
        try await SecuredRig.run(role: .peer) { rig, stage in
            let node = try rig.seedReference()
            let victim = try Neighbour("lab2", rig, stage)
            let torrent = rig.metafile.infoHash.bytes
            let liar = try stage.socket(.dealer)
            try liar.set(.routingID, to: Array("\(victim.reference)/1".utf8))
            try liar.setCurveClient(rig.pair("lab1"), server: rig.pair("seed").publicKey)
            try liar.connect(node.endpoint)
            let header = [torrent, Frames.number(UInt64(0))]
            for _ in 0..<AccessGate.wrongChunkLimit {
                try liar.send(Frames.text("GT1", "push") + header + [Frames.number(UInt32(0)), Array("X".utf8)])
            }
            #expect(rig.log.waitFor("banned"))
            try Self.expectBanned("lab1", for: "wrong_chunks", rig)
            // The victim is asked as before, and its chunks are taken.
            #expect(
                try repeatedly(victim.socket) {
                    guard let message = try victim.socket.receive(timeout: .milliseconds(5)) else { return false }
                    return Self.verb(Array(message.dropFirst())) == "pull"
                })
            let honest = try rig.socket(.dealer, "lab2", to: node.endpoint, of: "seed", stage)
            try honest.send(Frames.text("GT1", "push") + header + [Frames.number(UInt32(0)), Array("G".utf8)])
            try honest.send(Frames.text("GT1", "pull") + header + [Frames.number(UInt32(1))])
            #expect(try honest.next() != nil)
        }
    }
}
