/// What this node holds, in the order in which it came.
struct HoldingsLog: Equatable, Sendable {
    let epoch: UInt64
    private var added: [ChunkID] = []

    init(epoch: UInt64) {
        self.epoch = epoch
    }

    var version: HoldingsVersion { HoldingsVersion(epoch: epoch, count: UInt32(added.count)) }

    mutating func append(_ chunk: ChunkID) {
        added.append(chunk)
    }

    /// What to tell someone.
    /// - Parameters:
    ///   - known: how far they know it; nil where they know nothing.
    ///   - held: what is held now.
    func update(since known: HoldingsVersion?, held: ChunkSet) -> HoldingsUpdate {
        if let known, known.epoch == epoch, known.count <= added.count {
            let news = added[Int(known.count)...]
            // Four bytes a chunk against one bit of every chunk.
            if news.count * 32 <= Int(held.chunkCount) || news.isEmpty {
                return HoldingsUpdate(version: version, content: .added(since: known.count, Array(news)))
            }
        }
        return HoldingsUpdate(version: version, content: held.isComplete ? .everything : .chunks(held))
    }
}

/// What is known of another node's holdings.
struct KnownHoldings: Equatable, Sendable {
    private(set) var chunks: ChunkSet
    private(set) var version: HoldingsVersion?
    /// Whether something was taken out that the node may hold after all: additions alone would never bring it back.
    private var isDoubtful = false

    init(chunkCount: UInt32) {
        chunks = ChunkSet(chunkCount: chunkCount)
    }

    /// Takes in what the node told.
    /// - Returns: false where it is of another file, or adds to what is not known; nothing has changed then.
    mutating func apply(_ update: HoldingsUpdate) -> Bool {
        switch update.content {
        case .everything:
            chunks = .full(chunkCount: chunks.chunkCount)
            isDoubtful = false
        case .chunks(let told):
            guard told.chunkCount == chunks.chunkCount else { return false }
            chunks = told
            isDoubtful = false
        case .added(let since, let news):
            guard let version, version.epoch == update.version.epoch, since <= version.count,
                Int(update.version.count) == Int(since) + news.count,
                news.allSatisfy({ $0 < chunks.chunkCount })
            else { return false }
            for chunk in news { chunks.insert(chunk) }
            if update.version.count < version.count { return true }
        }
        version = update.version
        return true
    }

    /// How far it is known, for the node to tell the rest; nil where it should tell everything.
    var trustedVersion: HoldingsVersion? { isDoubtful ? nil : version }

    /// It holds this chunk: it was sent there.
    mutating func insert(_ chunk: ChunkID) {
        chunks.insert(chunk)
    }

    /// It does not hold this chunk after all, or not the right bytes.
    mutating func remove(_ chunk: ChunkID) {
        chunks.remove(chunk)
        isDoubtful = true
    }
}
