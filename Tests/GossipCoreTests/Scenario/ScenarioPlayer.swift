import GossipCore

/// Plays the commands of a scenario to one node: its state machine, and its view of the clock.
///
///     node x.. style=pull fanout=2 selection=random separation=strict seed=1    (all but the first may be left out)
///     peers 1 2                        get_peers was answered
///     tick 4                           the cycle began
///     push 4/0 m1    pull 4/0 m2    have 4 m3        a request came, under a token
///     chunk 4/0 p1 m4    none 4/0 p1 m5    late 4/0 p1 m6    digest 4 x.x p1 m7        a peer answered
///     valid m1    corrupt m1           the bytes were compared
///     undelivered push 4/0 p1          no link took it (push, pull, have)
///     wait 4    gone p1                the digest wait ended; a peer is gone
///     hear 12 at 1200                  a tick was heard, Δ = 100 ms, the moment in milliseconds
///     time 1500                        nothing was heard until then
///     state                            what the node holds, knows and has counted
struct ScenarioPlayer {
    private var machine: PeerStateMachine?
    private var follower = CycleFollower()

    /// What a command leads to, a line each; `nothing` where that is nothing.
    mutating func play(_ command: String) -> [String] {
        let words = command.split(separator: " ").map(String.init)
        if words.first == "node" { return createNode(words) }
        if words == ["state"], let machine { return state(of: machine) }
        if let lines = playClock(words) { return lines }
        guard let event = event(words), machine != nil else { return ["error: \(command)"] }
        return perform(event)
    }

    private mutating func perform(_ event: PeerEvent) -> [String] {
        let lines = (machine?.handle(event) ?? []).map(Trace.line)
        return lines.isEmpty ? ["nothing"] : lines
    }

    private mutating func createNode(_ words: [String]) -> [String] {
        var gossip = GossipParameters(fanout: 1)
        var seed: UInt64 = 1
        for word in words.dropFirst(2) {
            let parts = word.split(separator: "=").map(String.init)
            guard parts.count == 2, set(parts[0], parts[1], of: &gossip, seed: &seed) else { return ["error: \(word)"] }
        }
        let held = ChunkSet(words.count < 2 || words[1] == "empty" ? "" : words[1])
        machine = PeerStateMachine(
            configuration: PeerConfiguration(gossip: gossip, chunkCount: held.chunkCount), held: held,
            generator: RandomGenerator(seed: seed))
        return ["nothing"]
    }

    private func set(_ name: String, _ value: String, of gossip: inout GossipParameters, seed: inout UInt64) -> Bool {
        switch name {
        case "style": GossipStyle(rawValue: value).map { gossip.style = $0 } != nil
        case "selection": ChunkSelection(rawValue: value).map { gossip.chunkSelection = $0 } != nil
        case "separation": Separation(rawValue: value).map { gossip.separation = $0 } != nil
        case "fanout": Int(value).map { gossip.fanout = $0 } != nil
        case "seed": UInt64(value).map { seed = $0 } != nil
        default: false
        }
    }

    private mutating func playClock(_ words: [String]) -> [String]? {
        var begun: Cycle?
        if words.first == "hear", words.count == 4, let cycle = Cycle(words[1]), let moment = UInt64(words[3]) {
            begun = follower.tickHeard(cycle, interval: .milliseconds(100), at: .at(moment))
        } else if words.first == "time", words.count == 2, let moment = UInt64(words[1]) {
            begun = follower.deadlinePassed(at: .at(moment))
        } else {
            return nil
        }
        let deadline = follower.deadline.map { "\($0.nanoseconds / 1_000_000)" } ?? "none"
        let clock = (follower.isInHoldover ? "holdover, " : "") + "deadline \(deadline)"
        guard let begun else { return ["no cycle begins", clock] }
        return ["cycle \(begun) begins", clock] + (machine == nil ? [] : perform(.cycleStarted(begun)))
    }

    private func state(of machine: PeerStateMachine) -> [String] {
        let peers = (0..<machine.peers.count).map { "\(machine.peers[$0])" }
        return [
            "cycle \(machine.cycle)", "held \(Trace.art(machine.held))",
            "held and fresh \(Trace.art(machine.heldAndFresh))",
            "peers " + (peers.isEmpty ? "none" : peers.joined(separator: " ")), "counts " + Trace.text(machine.counts),
        ]
    }

    private func event(_ words: [String]) -> PeerEvent? {
        guard let verb = words.first else { return nil }
        let rest = Array(words.dropFirst())
        switch verb {
        case "peers": return .peersReceived(rest.compactMap { UInt32($0) }.map { PeerID($0) })
        case "tick": return rest.first.flatMap { Cycle($0) }.map { .cycleStarted($0) }
        case "wait": return rest.first.flatMap { Cycle($0) }.map { .digestWaitEnded($0) }
        case "gone": return number(rest.first, "p").map { .peerGone(PeerID($0)) }
        case "valid", "corrupt":
            return number(rest.first, "m").map { .chunkVerified(MessageToken($0), isValid: verb == "valid") }
        case "undelivered":
            guard let request = request(rest), let peer = number(rest.last, "p") else { return nil }
            return .requestUndelivered(request, to: PeerID(peer))
        case "push", "pull", "have":
            guard let request = request(words), let token = number(words.last, "m") else { return nil }
            return .requestReceived(request, MessageToken(token))
        default:
            guard let reply = reply(words), let token = number(words.last, "m"),
                let peer = number(words.dropLast().last, "p")
            else { return nil }
            return .replyReceived(reply, from: PeerID(peer), MessageToken(token))
        }
    }

    private func request(_ words: [String]) -> PeerRequest? {
        guard words.count >= 2 else { return nil }
        if words[0] == "have" { return Cycle(words[1]).map { .have(cycle: $0, digest: nil) } }
        guard let place = place(words[1]) else { return nil }
        return words[0] == "push"
            ? .push(cycle: place.cycle, chunk: place.chunk) : .pull(cycle: place.cycle, chunk: place.chunk)
    }

    private func reply(_ words: [String]) -> PeerReply? {
        guard words.count >= 2 else { return nil }
        if words[0] == "digest" { return Cycle(words[1]).map { .have(cycle: $0, digest: ChunkSet(words[2])) } }
        guard let place = place(words[1]) else { return nil }
        switch words[0] {
        case "chunk": return .chunk(cycle: place.cycle, chunk: place.chunk)
        case "none": return PeerReply.none(cycle: place.cycle, chunk: place.chunk)
        case "late": return .late(cycle: place.cycle, chunk: place.chunk)
        default: return nil
        }
    }

    private func place(_ word: String) -> (cycle: Cycle, chunk: ChunkID)? {
        let parts = word.split(separator: "/")
        guard parts.count == 2, let cycle = Cycle(parts[0]), let chunk = ChunkID(parts[1]) else { return nil }
        return (cycle, chunk)
    }

    private func number(_ word: String?, _ prefix: Character) -> UInt32? {
        word?.first == prefix ? word.flatMap { UInt32($0.dropFirst()) } : nil
    }
}
