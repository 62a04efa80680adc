#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The end of a node's log, to stand behind a message about it.
package struct LogTail {
    private static let lineCount = 8

    /// Begins with `; `; says so where there is no log, or nothing in it.
    package let text: String

    package init(_ path: String) {
        guard let log = try? String(contentsOfFile: path, encoding: .utf8) else {
            text = "; it left no log"
            return
        }
        let lines = log.split(separator: "\n").suffix(Self.lineCount)
        guard !lines.isEmpty else {
            text = "; its log \(path) is empty"
            return
        }
        text = "; its log, \(path), ends:\n" + lines.map { "    \($0)" }.joined(separator: "\n")
    }
}
