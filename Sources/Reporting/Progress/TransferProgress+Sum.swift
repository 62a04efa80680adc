extension TransferProgress {
    /// Several transfers as one, for the one line that there is room for.
    ///
    /// Rates are those of what is under way: of downloads while there are any, else of hashing, else of serving. Peers
    /// are counted in each swarm.
    /// - Parameter parts: at least one.
    package static func sum(of parts: [TransferProgress]) -> TransferProgress {
        let kind = [Kind.downloading, .hashing, .serving].first { kind in parts.contains { $0.kind == kind } }
        let active = parts.filter { $0.kind == kind }
        let completeCount = parts.count { $0.kind == .serving }
        var sum = TransferProgress(
            kind: kind ?? .serving,
            name: NumberText.count(UInt64(parts.count), "torrent")
                + (completeCount == 0 || kind == .serving ? "" : ", \(completeCount) complete"),
            // What is still hashed is not known to be held.
            bytes: (kind == .hashing ? active : parts.filter { $0.kind != .hashing }).total(\.bytes),
            totalBytes: (kind == .hashing ? active : parts).total(\.totalBytes))
        let rates = active.compactMap(\.bytesPerSecond)
        sum.bytesPerSecond = rates.isEmpty ? nil : rates.reduce(0, +)
        let peers = parts.compactMap(\.peers)
        sum.peers = peers.isEmpty ? nil : peers.reduce(0, +)
        sum.bytesSent = parts.total(\.bytesSent)
        sum.reason = reason(of: active)
        return sum
    }

    /// The one reason of all, or how many have one.
    private static func reason(of active: [TransferProgress]) -> String? {
        let reasons = active.compactMap(\.reason)
        guard let first = reasons.first else { return nil }
        if reasons.count == active.count, reasons.allSatisfy({ $0 == first }) { return first }
        return "\(reasons.count) of \(active.count) stalled"
    }
}

extension [TransferProgress] {
    fileprivate func total(_ key: KeyPath<TransferProgress, UInt64>) -> UInt64 {
        reduce(0) { sum, part in
            let (result, isOver) = sum.addingReportingOverflow(part[keyPath: key])
            return isOver ? .max : result
        }
    }
}
