import GossipTrace

/// The trace of a node, which anyone may have recorded.
///
/// The reader's own part, files and lines, is in its tests: here it would be a file for each input.
enum TraceTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        var lines = input.rest().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        var count = 0
        let next: TraceReplay.Lines = { () throws(TraceError) in
            guard let line = lines.popFirst() else { return nil }
            count += 1
            return String(decoding: line, as: UTF8.self)
        }
        let replay: TraceReplay
        do throws(TraceError) {
            replay = try TraceReplay.run(next)
        } catch {
            try require((1...count + 1).contains(error.line), "an error is in a line that was read: \(error)")
            return false
        }
        try require(replay.eventCount + replay.actionCount <= count, "each event and action was a line")
        return true
    }
}
