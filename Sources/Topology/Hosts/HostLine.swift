/// What the script on a host says, line by line.
package enum HostLine: Equatable, Sendable {
    /// The system and the processor, as `uname` names them.
    case system(name: String, processor: String)
    /// Kibibytes that are free, where the host can tell, and the run's folder.
    case space(freeKibibytes: UInt64?, folder: String)
    /// The program is not there.
    case missing
    /// From now on there are frames.
    case agent
    case failed(Failure)

    /// Where it ended.
    package enum Failure: Equatable, Sendable {
        /// The run's folder cannot be made.
        case folder(String)
        /// The program cannot be copied.
        case copy(String)
        /// It does not start; which program installs packages there, and what it said.
        case start(manager: String, text: String)
        /// There is no such run.
        case gone(String)
        case other(String)
    }

    /// - Returns: nil for a line that is not the script's.
    package init?(_ line: some StringProtocol) {
        guard line.hasPrefix(HostScript.mark) else { return nil }
        let words = String(line).dropFirst(HostScript.mark.count).split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let (first, others) = (parts.first ?? "", parts.count > 1 ? parts[1] : "")
        switch words.first {
        case "system": self = .system(name: first, processor: others)
        case "space": self = .space(freeKibibytes: UInt64(first), folder: others)
        case "missing": self = .missing
        case "agent": self = .agent
        case "failed": self = .failed(Failure(first, others))
        default: return nil
        }
    }
}

extension HostLine.Failure {
    fileprivate init(_ word: String, _ text: String) {
        let text = text.split(separator: " ").joined(separator: " ")
        switch word {
        case "folder": self = .folder(text)
        case "copy": self = .copy(text)
        case "gone": self = .gone(text)
        case "start":
            let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
            self = .start(manager: parts.first ?? "none", text: parts.count > 1 ? parts[1] : "")
        default: self = .other("\(word) \(text)")
        }
    }
}
