/// The bulk exchange at one node: whom it downloads from, whom it serves, and what is on its way.
///
/// A node draws partners at the tick as ever, tells each what it holds, and hears what they hold; whoever draws it is
/// asked in return. From then until the next tick each of them grants it a chunk whenever it is its turn on their uplinks,
/// and it asks for the one that is rarest among them, but never for one that another was asked for. A complete node
/// suggests what it has not given away yet, so that it gives every chunk away once before it gives any twice.
struct Exchange: Equatable, Sendable {
    /// As they are at the Δ of this cycle.
    private(set) var parameters: ExchangeParameters
    /// The length of this cycle; nil before it was told.
    private(set) var interval: TimeSpan?
    /// That of the next one, where it was told.
    private var nextInterval: TimeSpan?
    /// What is here, being verified, asked for, or not wanted at all: the rest is wanted.
    var claimed: ChunkSet
    /// What is here, whether or not it may be passed on in this cycle.
    private(set) var here: ChunkSet
    var log: HoldingsLog
    /// Chunks that were asked for and did not come yet.
    var inFlightCount = 0
    var sources: [Source] = []
    var receivers: [Receiver] = []
    /// What the uplink is given to carry.
    var window: UploadWindow
    /// What it carries in a cycle, where cycles are kept apart.
    var pace = CyclePace()
    /// Whether what is granted now would come after the tick: it is granted for the next cycle, where cycles are kept
    /// apart.
    var isEnding = false
    /// Whether what is wanted now would come after the tick.
    var wantsAhead = false
    /// What the next `cycleEnding` means, and how long after that the other comes, if it does.
    var nextEnding: Ending?
    var care = ArrivalCare()
    /// Whose turn it is to be served.
    var turn = 0
    /// What a complete node has not given away; nil while chunks are missing.
    var leastSent: LeastSent?
    /// Chunks under verification, and who sent them.
    var arriving: [Arriving] = []
    /// Chunks of the next cycle that are here already: they are of that cycle to this node as well.
    private var ahead: [Ahead] = []
    /// Requests of the next cycle, which wait for our own tick where cycles are kept apart.
    var held: [HeldRequest] = []

    struct Arriving: Equatable, Sendable {
        let token: MessageToken
        let chunk: ChunkID
        let peer: PeerID
        /// The cycle that it carries.
        let cycle: Cycle
    }

    private struct Ahead: Equatable, Sendable {
        let chunk: ChunkID
        let cycle: Cycle
    }

    struct Ending: Equatable, Sendable {
        let isOfGrants: Bool
        let other: TimeSpan?
    }

    struct HeldRequest: Equatable, Sendable {
        let request: ExchangeRequest
        let receiver: ReceiverID
        let opener: PeerID?
    }

    init(_ parameters: ExchangeParameters, held: ChunkSet, unwanted: ChunkSet? = nil, epoch: UInt64) {
        self.parameters = parameters
        window = UploadWindow(parameters)
        claimed = held
        if let unwanted { claimed.formUnion(unwanted) }
        here = held
        log = HoldingsLog(epoch: epoch)
        if held.isComplete { leastSent = LeastSent(chunkCount: held.chunkCount) }
    }

    /// Marks of silence after which a partner is dropped; nil where Δ was not told, or says nothing of it.
    var silenceLimit: Int? {
        interval.flatMap { parameters.silenceCycles($0) }.map { Int(clamping: $0) }
    }

    /// Marks after which a source that has never said a word is dropped, when its time is over.
    static let unheardLimit = 3

    /// Whether a source has not said a word yet, and could have: two fifths of the time have passed that one is given
    /// which has spoken, enough to connect over any line.
    func hasNeverHeard(_ peer: PeerID, sinceCycles passed: Cycle) -> Bool {
        guard let limit = silenceLimit, let index = sourceIndex(peer), sources[index].heardIn == 0 else { return false }
        return passed >= 2 * Cycle(limit) / 5
    }

    /// Cycles in a row after which a link that takes nothing is stalled.
    var stallCycles: Int { interval.map { parameters.stallCycles($0) } ?? 1 }

    /// The clock told Δ: it is that of the cycle that begins next.
    mutating func noteInterval(_ interval: TimeSpan) {
        guard interval.nanoseconds > 0 else { return }
        nextInterval = interval
    }

    /// Where Δ changes with the cycle that begins, what is counted in cycles is counted in those of the new length.
    mutating func followInterval() {
        guard let next = nextInterval else { return }
        nextInterval = nil
        guard next != interval else { return }
        parameters = parameters.adjusted(to: next)
        if let interval {
            window.measureAnew()
            pace.rescale(from: interval, to: next)
            for index in sources.indices {
                sources[index].arrivals = ArrivalRate()
                sources[index].usualDelay = Self.rescaled(sources[index].usualDelay, from: interval, to: next)
            }
        }
        interval = next
    }

    /// So many cycles of one length in those of another, rounded up.
    private static func rescaled(_ cycles: Cycle, from old: TimeSpan, to new: TimeSpan) -> Cycle {
        let time = (old * cycles).nanoseconds
        return time / new.nanoseconds + (time % new.nanoseconds > 0 ? 1 : 0)
    }

    func sourceIndex(_ peer: PeerID) -> Int? { sources.firstIndex { $0.peer == peer } }

    func receiverIndex(_ id: ReceiverID) -> Int? { receivers.firstIndex { $0.id == id } }

    /// Whether a receiver is served, or waits for the next cycle.
    func knows(_ receiver: ReceiverID) -> Bool {
        receiverIndex(receiver) != nil || held.contains { $0.receiver == receiver }
    }

    var partnerCount: Int { sources.count(where: \.isPartner) }

    /// The partners that the exchange was opened with in a cycle and that said nothing in it.
    func silentPartners(in cycle: Cycle) -> [PeerID] {
        sources.filter { $0.isPartner && $0.openedIn == cycle && $0.heardIn < cycle }.map(\.peer)
    }

    /// The place of a source that spoke; nil where it is none.
    mutating func noteHeard(_ peer: PeerID, in cycle: Cycle) -> Int? {
        guard let index = sourceIndex(peer) else { return nil }
        sources[index].heardIn = cycle
        return index
    }

    mutating func removeAsked(_ chunk: ChunkID, of peer: PeerID, in cycle: Cycle?) -> Source.Asked? {
        sourceIndex(peer).flatMap { sources[$0].removeAsked(chunk, in: cycle) }
    }

    /// Keeps a request for the next cycle; false where `limit` wait already.
    mutating func hold(_ request: HeldRequest, limit: Int) -> Bool {
        guard held.count < limit else { return false }
        held.append(request)
        return true
    }

    mutating func nextHeld() -> HeldRequest? { held.isEmpty ? nil : held.removeFirst() }

    /// Notes a chunk that may be passed on from now on.
    mutating func noteUsable(_ chunk: ChunkID, isLast: Bool) {
        log.append(chunk)
        // What was given away before is not known any more: a node that completes begins with a full hand.
        if isLast, leastSent == nil { leastSent = LeastSent(chunkCount: claimed.chunkCount) }
    }

    /// The chunk to ask a source for next; nil where it has nothing that is wanted.
    mutating func pick(
        from index: Int, by selection: ChunkSelection, using generator: inout RandomGenerator
    ) -> ChunkID? {
        let offered = sources[index].holdings.chunks
        switch selection {
        case .random, .useful:
            return Useful.pick(excluding: claimed, offered: offered, using: &generator)
        case .latestUseful:
            return LatestUseful.pick(excluding: claimed, offered: offered)
        case .inOrder:
            let helping = offered.subtracting(claimed)
            return helping.isEmpty ? nil : helping.member(atRank: 0)
        case .rarestFirst:
            let others = sources.filter(\.isPartner).map(\.holdings.chunks)
            return RarestAmong.pick(excluding: claimed, offered: offered, sources: others, using: &generator)
        case .coded:
            preconditionFailure("packets of coded chunks are not exchanged in bulk")
        }
    }

    /// Wants again what was asked for and is not going to be sent, unless it is here or comes from somebody else.
    /// - Parameter asked: taken out of what their source was asked for.
    mutating func release(_ asked: some Sequence<Source.Asked>) {
        for asked in asked where asked.isClaimed {
            inFlightCount -= 1
            release(asked.chunk)
        }
    }

    mutating func release(_ chunk: ChunkID) {
        let isAwaited =
            here.contains(chunk) || arriving.contains { $0.chunk == chunk }
            || sources.contains { $0.asked.contains { $0.chunk == chunk && $0.isClaimed } }
        if !isAwaited { claimed.remove(chunk) }
    }

    /// Notes a chunk that is here, verified.
    mutating func noteKept(_ chunk: ChunkID) {
        here.insert(chunk)
        claimed.insert(chunk)
    }

    /// Notes a chunk that may be passed on from the end of its cycle on.
    mutating func noteFresh(_ chunk: ChunkID, _ token: MessageToken, in cycle: Cycle) {
        guard let arrival = arriving.first(where: { $0.token == token }), arrival.cycle > cycle else { return }
        ahead.append(Ahead(chunk: chunk, cycle: arrival.cycle))
    }

    /// Takes out the chunks of a cycle that begins which came before it did.
    mutating func takeAhead(of newCycle: Cycle) -> [ChunkID] {
        defer { ahead.removeAll() }
        return ahead.filter { $0.cycle == newCycle }.map(\.chunk)
    }

    /// Notes that a chunk came which a source was asked for.
    mutating func noteCame(_ asked: Source.Asked, from peer: PeerID, in cycle: Cycle) {
        if asked.isClaimed { inFlightCount -= 1 }
        if let index = sourceIndex(peer) { sources[index].noteCame(after: cycle - min(cycle, asked.cycle)) }
    }
}
