/// A node's part in the shuffles: its view, the shuffles that it began, and the former neighbours whose links linger.
///
/// Source: Voulgaris, Gavidia and van Steen, *CYCLON*, 2005, section 2.2 (enhanced shuffling), steps 1 to 7.
struct Shuffling: Equatable, Sendable {
    /// A shuffle that was begun and not answered yet.
    struct Exchange: Equatable, Sendable {
        let partner: PeerID
        let cycle: Cycle
        /// What the partner was sent of the view, itself first: what its answer may replace.
        let sent: [PeerID]
        /// Whether the partner is an address to join by, and no neighbour: others may know the peer there by another.
        let isJoin: Bool
        /// Shuffles begun since.
        var age = 0
    }

    private struct FormerNeighbour: Equatable, Sendable {
        let peer: PeerID
        var age = 0
    }

    /// Shuffles of our own after which an answer is no longer waited for.
    private static let patience = 8
    /// Shuffles of our own for which a former neighbour's link stays: it may still owe us what was asked of it.
    private static let lingering = 2
    /// Former neighbours whose links may linger; a stranger's shuffles must not pile them up.
    private static let lingeringLimit = 128

    /// The node as others know it.
    let own: PeerID
    /// l in the paper.
    let length: Int
    private(set) var view: PartialView
    private(set) var exchanges: [Exchange] = []
    private var former: [FormerNeighbour] = []
    /// Former neighbours whose time is over, for the shell to forget.
    private var released: [PeerID] = []

    /// - Parameters:
    ///   - viewSize: c in the paper, at least 1.
    ///   - length: l in the paper, at least 1.
    init(own: PeerID, viewSize: Int, length: Int) {
        precondition(length >= 1, "a shuffle carries at least one entry")
        self.own = own
        self.length = length
        view = PartialView(capacity: viewSize)
    }

    /// Whether the link to a peer that is no neighbour any longer is still there.
    func lingers(_ peer: PeerID) -> Bool {
        former.contains { $0.peer == peer } || exchanges.contains { $0.partner == peer }
    }

    /// Begins a shuffle with the oldest neighbour: steps 1 to 4.
    /// - Returns: whom to send what; nil where the view is empty.
    mutating func begin(
        in cycle: Cycle, using generator: inout RandomGenerator
    ) -> (partner: PeerID, entries: [ViewEntry])? {
        view.makeOlder()
        guard let partner = view.oldest?.peer else { return nil }
        let others = view.draw(length - 1, without: [partner], using: &generator)
        exchanges.append(
            Exchange(partner: partner, cycle: cycle, sent: [partner] + others.map(\.peer), isJoin: false))
        return (partner, [ViewEntry(own)] + others)
    }

    /// Begins a shuffle with an address to join by, which is no neighbour.
    mutating func join(through partner: PeerID, in cycle: Cycle) -> [ViewEntry] {
        exchanges.removeAll { $0.isJoin && $0.partner == partner }
        exchanges.append(Exchange(partner: partner, cycle: cycle, sent: [], isJoin: true))
        return [ViewEntry(own)]
    }

    /// Answers another's shuffle, and takes in what it sent.
    ///
    /// What our own shuffle has on offer is given only where there is nothing else. The paper exchanges entries at one
    /// stroke; with messages on their way an entry would be given to two, who keep both copies, and another be lost, and
    /// the in-degrees would lie further apart than those of a random graph.
    mutating func answer(_ received: [ViewEntry], using generator: inout RandomGenerator) -> [ViewEntry] {
        let onOffer = exchanges.filter { $0.age == 0 }.flatMap(\.sent)
        var answer = view.draw(length, without: onOffer, using: &generator)
        if answer.count < length {
            let rest = answer.map(\.peer)
            answer += view.draw(length - answer.count, without: rest, using: &generator)
        }
        merge(received, replacing: answer.map(\.peer))
        return answer
    }

    /// Takes in the answer to our own shuffle: steps 5 to 7. Its partner is replaced first.
    ///
    /// Where there is room for all, the partner stays, as young as its answer; in a swarm that is smaller than the view
    /// every shuffle would lose a neighbour otherwise. One that was given up too early comes back.
    /// - Returns: whether the answer was waited for.
    mutating func finish(_ received: [ViewEntry], from partner: PeerID, in cycle: Cycle) -> Bool {
        guard let place = exchanges.firstIndex(where: { $0.partner == partner && $0.cycle == cycle }) else {
            return false
        }
        let exchange = exchanges.remove(at: place)
        merge(received, replacing: exchange.sent)
        if exchange.isJoin {
            retire(partner)
        } else if view.contains(partner) {
            view.makeYoung(partner)
        } else if view.count < view.capacity {
            _ = view.introduce(partner)
        } else {
            retire(partner)
        }
        return true
    }

    /// The time to answer is over: who did not is taken out of the view. Called before each shuffle of our own.
    mutating func endRound() {
        for place in exchanges.indices {
            exchanges[place].age += 1
            // Once: a partner that others still name may come back.
            if exchanges[place].age == 1, !exchanges[place].isJoin { view.remove(exchanges[place].partner) }
        }
        for exchange in exchanges where exchange.age > Self.patience { retire(exchange.partner) }
        exchanges.removeAll { $0.age > Self.patience }
        for place in former.indices { former[place].age += 1 }
        let isOver: (FormerNeighbour) -> Bool = { [exchanges] neighbour in
            neighbour.age > Self.lingering && !exchanges.contains { $0.partner == neighbour.peer }
        }
        former.removeAll { view.contains($0.peer) }
        released += former.filter(isOver).map(\.peer)
        former.removeAll(where: isOver)
    }

    /// No link took our shuffle: its partner cannot be reached.
    mutating func giveUp(_ partner: PeerID, in cycle: Cycle) {
        guard let place = exchanges.firstIndex(where: { $0.partner == partner && $0.cycle == cycle }) else { return }
        if !exchanges.remove(at: place).isJoin { view.remove(partner) }
        retire(partner)
    }

    /// Takes in peers that the tracker named.
    mutating func introduce(_ peers: [PeerID]) {
        for peer in peers.prefix(view.capacity) where peer != own {
            if let replaced = view.introduce(peer) { retire(replaced) }
        }
    }

    /// Forgets a peer altogether; false where there was nothing to forget.
    mutating func forget(_ peer: PeerID) -> Bool {
        let isKnown = view.remove(peer) || lingers(peer)
        exchanges.removeAll { $0.partner == peer }
        former.removeAll { $0.peer == peer }
        return isKnown
    }

    /// Hands over the former neighbours whose links need not stay.
    mutating func takeReleased() -> [PeerID] {
        defer { released.removeAll() }
        return released.filter { !view.contains($0) }
    }

    private mutating func merge(_ received: [ViewEntry], replacing sent: [PeerID]) {
        for peer in view.merge(received.prefix(length), own: own, replacing: sent) { retire(peer) }
    }

    private mutating func retire(_ peer: PeerID) {
        guard !former.contains(where: { $0.peer == peer }) else { return }
        former.append(FormerNeighbour(peer: peer))
        if former.count > Self.lingeringLimit { released.append(former.removeFirst().peer) }
    }
}
