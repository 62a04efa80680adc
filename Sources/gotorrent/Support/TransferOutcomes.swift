import Metainfo

/// What came of the torrents on the command line.
struct TransferOutcomes: Sendable {
    private let transfers: [PeerTransfer]
    private let outcomes: [PeerTransfer.Outcome]

    /// - Parameter outcomes: one for each transfer, by its place.
    init(_ transfers: [PeerTransfer], _ outcomes: [Int: PeerTransfer.Outcome]) {
        self.transfers = transfers
        self.outcomes = transfers.indices.map { outcomes[$0] ?? .failure(CancellationError()) }
    }

    /// Those that went well, in order.
    var metafiles: [Metafile] { outcomes.compactMap { try? $0.get() } }

    /// - Throws: what went wrong where there is but one; `TransfersFailed` where one of several failed.
    func check() throws {
        if outcomes.count == 1 { _ = try outcomes[0].get() }
        let failed = zip(transfers, outcomes).filter { (try? $1.get()) == nil }.map(\.0.text)
        if !failed.isEmpty { throw TransfersFailed(failed, of: transfers.count) }
    }
}

/// Some of several torrents failed, each of which was told when it did.
struct TransfersFailed: Error, CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - failed: as they were typed.
    ///   - count: of all.
    init(_ failed: [String], of count: Int) {
        description = "\(failed.count) of \(count) torrents failed: " + failed.joined(separator: ", ")
    }
}
