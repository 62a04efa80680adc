import GossipCore

/// What a trace begins with: all that a core is made of, so that the same one can be made again.
package struct TraceHeader: Equatable, Sendable {
    static let firstLine = "gotorrent-trace 1"
    private static let limits = 0...Int(Int32.max)

    /// The node's name, for people.
    package var node: String
    package var configuration: PeerConfiguration
    /// What it held at the start.
    package var held: ChunkSet
    /// Seeds its draws.
    package var randomSeed: UInt64
    /// The node as shuffles name it; nil where it need not be known.
    package var own: PeerID?

    package init(
        node: String, configuration: PeerConfiguration, held: ChunkSet, randomSeed: UInt64, own: PeerID? = nil
    ) {
        self.node = node
        self.configuration = configuration
        self.held = held
        self.randomSeed = randomSeed
        self.own = own
    }

    /// A new core, as it was when the trace began.
    package var machine: PeerStateMachine {
        PeerStateMachine(
            configuration: configuration, held: held, generator: RandomGenerator(seed: randomSeed), own: own)
    }

    /// Its lines: the format, then a name and its value in each, always in this order.
    package var lines: [String] {
        let rules = configuration
        return [
            Self.firstLine, "node \(node)", "chunks \(rules.chunkCount)", "style \(rules.gossip.style.rawValue)",
            "fanout \(rules.gossip.fanout)", "chunk-selection \(rules.gossip.chunkSelection.rawValue)",
            "separation \(rules.gossip.separation.rawValue)", "peer-choice \(rules.gossip.peerChoice.rawValue)",
            "peer-sampling \(rules.gossip.peerSampling.traceText)", "own \(own?.description ?? "-")",
            "hold-queue-limit \(rules.holdQueueLimit)",
            "verification-limit \(rules.verificationLimit)", "peer-limit \(rules.peerLimit)",
            "digest-limit \(rules.digestLimit)", "missed-cycles-limit \(rules.missedCyclesLimit)",
            "exchange \(rules.exchange?.traceText ?? "-")", "random-seed \(randomSeed)",
            "held \(held.traceText)" + (rules.unwanted.map { " unwanted \($0.traceText)" } ?? ""),
        ]
    }

    /// Reads what a node does without, which only some nodes have.
    private static func unwanted(
        _ words: inout TraceWords, held: ChunkSet, _ gossip: GossipParameters
    ) throws(TraceWords.Fault) -> ChunkSet {
        try words.skip("unwanted")
        let set = try ChunkSet(trace: try words.word("the chunks that are not wanted"), chunkCount: held.chunkCount)
        guard set.subtracting(held) == set else {
            throw TraceWords.Fault(text: "chunks are held and unwanted at once; none may be both")
        }
        guard gossip.chunkSelection != .coded else {
            throw TraceWords.Fault(text: "a node that collects coded packets wants all chunks")
        }
        return set
    }

    /// - Parameter next: gives the lines, one after the other; nil where there is none.
    init(_ next: () throws(TraceWords.Fault) -> String?) throws(TraceWords.Fault) {
        guard let first = try next(), first == Self.firstLine else {
            throw TraceWords.Fault(text: "this is no trace; its first line must be \(Self.firstLine)")
        }
        func words(_ name: String) throws(TraceWords.Fault) -> TraceWords {
            var words = TraceWords(try next() ?? "")
            try words.skip(name)
            return words
        }
        func number<Number: FixedWidthInteger>(
            _ name: String, _ range: ClosedRange<Number>
        ) throws(TraceWords.Fault) -> Number {
            var words = try words(name)
            let number = try words.number(
                "a number from \(range.lowerBound) to \(range.upperBound)", in: range)
            try words.end()
            return number
        }
        func choice<Choice: RawRepresentable & CaseIterable>(
            _ name: String, of: Choice.Type
        ) throws(TraceWords.Fault) -> Choice where Choice.RawValue == String {
            var words = try words(name)
            let choices = traceChoice(Choice.allCases.map(\.rawValue))
            let word = try words.word(choices)
            guard let choice = Choice(rawValue: word) else { throw TraceWords.fault(word, choices) }
            try words.end()
            return choice
        }
        var name = try words("node")
        node = try name.word("the node's name")
        try name.end()
        let chunks = try number("chunks", 0...TraceLimit.chunks)
        var gossip = GossipParameters(
            style: try choice("style", of: GossipStyle.self), fanout: try number("fanout", 1...65_535),
            chunkSelection: try choice("chunk-selection", of: ChunkSelection.self),
            separation: try choice("separation", of: Separation.self),
            peerChoice: try choice("peer-choice", of: PartnerChoice.self))
        var sampling = try words("peer-sampling")
        gossip.peerSampling = try sampling.peerSampling()
        try sampling.end()
        var ownNumber = try words("own")
        own = ownNumber.takeNone() ? nil : try ownNumber.peer()
        try ownNumber.end()
        if gossip.peerSampling != .tracker, own == nil {
            throw TraceWords.Fault(text: "- where the own number of a node that shuffles must be, such as p0")
        }
        configuration = PeerConfiguration(gossip: gossip, chunkCount: chunks)
        configuration.holdQueueLimit = try number("hold-queue-limit", Self.limits)
        configuration.verificationLimit = try number("verification-limit", Self.limits)
        configuration.peerLimit = try number("peer-limit", Self.limits)
        configuration.digestLimit = try number("digest-limit", Self.limits)
        configuration.missedCyclesLimit = try number("missed-cycles-limit", Self.limits)
        var exchange = try words("exchange")
        if !exchange.takeNone() {
            configuration.exchange = try ExchangeParameters(trace: &exchange)
            configuration.gossip.exchange = .bulk
        }
        try exchange.end()
        if let fault = configuration.gossip.fault(chunkCount: chunks) { throw TraceWords.Fault(text: fault) }
        randomSeed = try number("random-seed", 0...UInt64.max)
        var set = try words("held")
        held = try ChunkSet(trace: try set.word("the chunks held"), chunkCount: chunks)
        if !set.isEmpty { configuration.unwanted = try Self.unwanted(&set, held: held, gossip) }
        try set.end()
    }
}
