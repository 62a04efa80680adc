/// The selection `coded`: combinations of chunks go from node to node, and chunks come out at the end.
///
/// A packet is useful where it is innovative: where its vector is none of those that the packets here span. When as many
/// innovative ones came as there are chunks, the shell decodes them and compares each chunk with its hash. Before that
/// no packet can be checked by itself, which is the known weakness of network coding: where any hash does not match,
/// all that is not decoded is thrown away.
extension PeerStateMachine {
    var isCoded: Bool { configuration.gossip.chunkSelection == .coded }

    private var coding: CodedState? { strategy?.value.coding }

    /// What the node has of the file, in chunks: those verified, or of a node that still decodes, the rank of its
    /// packets.
    public var progressCount: Int { coding?.present.rank ?? verifiedCount }

    /// What may be combined in this cycle.
    private var heldRank: Int { coding?.held.rank ?? Int(held.count) }

    mutating func startCoding() {
        guard isCoded, !held.isComplete else { return }
        strategy = OnHeap(StrategyState(coding: CodedState(verified: held)))
    }

    /// What came during the cycle may be combined from now on. A node that has decoded needs no packets.
    mutating func closeCodedCycle() {
        guard let coding else { return }
        strategy?.value.coding?.held = coding.present
        if held.isComplete { strategy?.value.coding = nil }
    }

    func codedProgress() -> PeerAction? {
        coding.map { .reportCodedProgress(cycle: cycle, rank: UInt32($0.held.rank), counts) }
    }

    // MARK: The tick

    mutating func pushCoded(into actions: inout [PeerAction]) {
        guard heldRank > 0 else { return }
        forEachPartner(.push) { machine, partner in
            guard let vector = machine.drawCombination() else { return }
            machine.counts.sent += 1
            actions.append(.send(.coded(cycle: machine.cycle, vector), to: partner))
        }
    }

    mutating func pullCoded(into actions: inout [PeerAction]) {
        guard coding?.present.isComplete == false else { return }
        forEachPartner(.pull) { machine, partner in
            machine.counts.sent += 1
            machine.pendingPulls.add(Self.anyChunk, of: partner, in: machine.cycle)
            actions.append(.send(.pullCoded(cycle: machine.cycle), to: partner))
        }
    }

    /// Stands in the place of a chunk where a pull asks for any combination.
    static let anyChunk: ChunkID = 0

    /// A combination of what was held when the cycle began; nil where that is nothing.
    private mutating func drawCombination() -> CodedVector? {
        if let basis = coding?.held { return basis.drawCombination(using: &generator) }
        return held.isEmpty ? nil : CodedVector(generator.drawFactors(Int(held.chunkCount)))
    }

    // MARK: What comes

    mutating func answerToCodedPull(cycle asked: Cycle, isLate: Bool) -> PeerReply? {
        guard isCoded else {
            counts.refused += 1
            return nil
        }
        if isLate, configuration.gossip.separation == .strict { return .late(cycle: asked, chunk: Self.anyChunk) }
        return drawCombination().map { .coded(cycle: asked, $0) } ?? PeerReply.none(cycle: asked, chunk: Self.anyChunk)
    }

    mutating func receive(
        _ vector: CodedVector, isLate: Bool, _ token: MessageToken, into actions: inout [PeerAction]
    ) {
        guard isCoded, vector.coefficients.count == Int(configuration.chunkCount), !vector.isZero else {
            counts.refused += 1
            actions.append(.release(token))
            return
        }
        let isKept = !isLate || configuration.gossip.separation == .relaxed
        guard isKept, strategy?.value.coding?.present.insert(vector) == true else {
            count(isLate: isLate, isNew: false)
            actions.append(.release(token))
            return
        }
        actions.append(.storeCoded(vector, token))
        if coding?.present.isComplete == true {
            strategy?.value.coding?.decoding = CodedState.Decoding(token: token, isLate: isLate)
            actions.append(.decode(token))
        } else {
            count(isLate: isLate, isNew: true)
            actions.append(.release(token))
        }
    }

    /// The packet that completed the rank is counted by what came of it: `corrupt` where the hashes do not match, for
    /// which packet was wrong cannot be told.
    mutating func finishDecoding(_ token: MessageToken, isValid: Bool, into actions: inout [PeerAction]) {
        guard let decoding = coding?.decoding, decoding.token == token else {
            preconditionFailure("the shell decoded what it was not asked to decode")
        }
        strategy?.value.coding?.decoding = nil
        if isValid {
            count(isLate: decoding.isLate, isNew: true)
            for chunk in 0..<configuration.chunkCount where !held.contains(chunk) { fresh.append(chunk) }
            actions += [.storeDecoded, .reportCompletion(cycle)]
        } else {
            counts.corrupt += 1
            strategy?.value.coding = CodedState(verified: held)
            actions.append(.discardCoded)
        }
        actions.append(.release(token))
    }

    private mutating func count(isLate: Bool, isNew: Bool) {
        if isLate {
            counts.late += 1
            if isNew { counts.lateKept += 1 }
        } else if isNew {
            counts.useful += 1
        } else {
            counts.redundant += 1
        }
    }
}
