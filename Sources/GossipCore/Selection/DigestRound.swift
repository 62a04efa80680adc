/// One cycle's digests: whom `rarest-first` asked, who answered, and what they hold.
struct DigestRound: Equatable, Sendable {
    let cycle: Cycle
    /// The partners to pull from, in the order in which they were drawn.
    let partners: [PeerID]
    private(set) var availability: Availability
    /// Who was asked and has not answered, in the order in which they were asked.
    private(set) var unanswered: [PeerID]
    private var holdings: [ChunkSet?]

    /// - Parameter asked: everyone who was asked, the partners among them.
    init(cycle: Cycle, partners: [PeerID], asked: [PeerID], chunkCount: UInt32) {
        self.cycle = cycle
        self.partners = partners
        availability = Availability(chunkCount: chunkCount)
        unanswered = asked
        holdings = Array(repeating: nil, count: partners.count)
    }

    var isOver: Bool { unanswered.isEmpty }

    /// What the partner at this place of `partners` holds; nil where it has not answered.
    func holdings(ofPartner position: Int) -> ChunkSet? { holdings[position] }

    /// Counts a digest; false from one who was not asked or answered before.
    mutating func add(_ digest: ChunkSet, from peer: PeerID) -> Bool {
        guard withdraw(peer) else { return false }
        availability.add(digest)
        if let position = partners.firstIndex(of: peer) { holdings[position] = digest }
        return true
    }

    /// Waits no longer for a peer; false where it was not waited for.
    @discardableResult
    mutating func withdraw(_ peer: PeerID) -> Bool {
        guard let position = unanswered.firstIndex(of: peer) else { return false }
        unanswered.remove(at: position)
        return true
    }
}
