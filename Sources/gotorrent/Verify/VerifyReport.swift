import GossipCore
import GossipNode
import Metainfo

/// What `--verify-only` says of a torrent.
struct VerifyReport {
    /// Ranges of chunks, and files, that are named one by one; what is damaged all over fills no page.
    private static let nameLimit = 20

    let lines: [String]

    /// - Parameter folder: the output folder.
    init(_ metafile: Metafile, _ findings: AuditFindings, folder: String) {
        guard !findings.isNothing else {
            lines = ["\(folder)/\(metafile.name): missing; none of \(findings.chunks.count) chunks is there"]
            return
        }
        var lines = [Self.summary(findings)]
        if findings.damaged.count > 0 { lines.append("damaged: " + Self.ranges(findings.damaged)) }
        if findings.missing.count > 0 { lines.append("missing: " + Self.ranges(findings.missing)) }
        if findings.excessBytes > 0 { lines.append("beyond the end: \(findings.excessBytes) bytes") }
        if metafile.isFolder { lines += Self.files(findings) }
        self.lines = lines
    }

    private static func summary(_ findings: AuditFindings) -> String {
        let counts = "\(findings.valid.count) of \(findings.chunks.count) chunks are valid"
        if findings.isWhole { return "\(findings.path): whole; \(counts)" }
        let state = findings.isFinished ? "not whole" : "a download that is not finished"
        let bad = "\(findings.damaged.count) damaged, \(findings.missing.count) missing"
        return "\(findings.path): \(state); \(counts), \(bad)"
    }

    /// The files of a folder that are not whole.
    private static func files(_ findings: AuditFindings) -> [String] {
        let broken = findings.files.filter { !$0.isWhole }
        let lines = broken.prefix(nameLimit).map { "  \($0.path): \($0.isThere ? "not whole" : "missing")" }
        return broken.count > nameLimit ? lines + ["  and \(broken.count - nameLimit) other files"] : lines
    }

    /// Such as `chunks 3, 7-12`.
    private static func ranges(_ chunks: ChunkSet) -> String {
        var ranges: [ClosedRange<ChunkID>] = []
        var others = 0
        chunks.forEachMember { chunk in
            if let last = ranges.last, last.upperBound + 1 == chunk, others == 0 {
                ranges[ranges.count - 1] = last.lowerBound...chunk
            } else if ranges.count < nameLimit {
                ranges.append(chunk...chunk)
            } else {
                others += 1
            }
        }
        let text = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return "chunks " + text.joined(separator: ", ") + (others > 0 ? " and \(others) others" : "")
    }
}
