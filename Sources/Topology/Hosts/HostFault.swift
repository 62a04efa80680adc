/// Why a host is of no use, in words: what happened there, and what to try by hand.
package struct HostFault: Sendable {
    let host: HostDescription
    let transport: HostTransport

    /// What ssh said before it ended by itself.
    /// - Parameter isMidway: whether the host had answered before.
    func connection(_ said: String, isMidway: Bool) -> LaunchError {
        let reason = said.split(separator: "\n").map { $0.trimmedSpaces }.filter { !$0.isEmpty }.suffix(3)
            .joined(separator: "; ")
        let text = said.lowercased()
        let what: String
        if isMidway {
            what = "the connection was lost"
        } else if text.contains("permission denied") || text.contains("too many authentication failures") {
            what = "it refuses the key"
        } else if text.contains("host key verification failed") {
            what = "its host key is not known here, or is another one"
        } else if text.contains("could not resolve") {
            what = "its name is not known here"
        } else {
            what = "it cannot be reached"
        }
        return error("\(what)\(reason.isEmpty ? "" : " (\(reason))")", byHand: transport.byHand)
    }

    /// What the script said.
    func script(_ failure: HostLine.Failure) -> LaunchError {
        switch failure {
        case .folder(let text):
            return error("the run's folder cannot be made there (\(text))", byHand: transport.typed(["df", "-h"]))
        case .copy(let text):
            return error("the program cannot be copied there (\(text))", byHand: transport.typed(["df", "-h"]))
        case .start(let manager, let text) where text.contains("libzmq"):
            return error(
                "libzmq is not there (\(text))",
                byHand: transport.typed(Self.installation(manager), asksForPassword: manager != "brew"))
        case .start(_, let text):
            return error(
                "the program does not start there (\(text)); it must be a release built on a system as old, with "
                    + "the Swift libraries inside (scripts/run-topology.sh builds one)",
                byHand: transport.typed(["uname", "-a"]))
        case .gone(let folder): return error("there is no run in \(folder)", byHand: transport.typed(["ls", folder]))
        case .other(let text): return error(text, byHand: transport.byHand)
        }
    }

    /// Any other reason.
    func error(_ text: String, byHand: String? = nil) -> LaunchError {
        LaunchError("host \(host.name): \(text)\(byHand.map { "; try by hand: \($0)" } ?? "")")
    }

    /// The command that installs libzmq, by the package manager there.
    static func installation(_ manager: String) -> [String] {
        switch manager {
        case "apt-get": ["sudo", "apt-get", "install", "libzmq5"]
        case "dnf", "yum": ["sudo", manager, "install", "zeromq"]
        case "zypper": ["sudo", "zypper", "install", "libzmq5"]
        case "apk": ["sudo", "apk", "add", "libzmq"]
        case "pacman": ["sudo", "pacman", "-S", "zeromq"]
        case "brew": ["brew", "install", "zeromq"]
        // Whatever it is called there.
        default: ["ldconfig", "-p"]
        }
    }
}

extension StringProtocol {
    fileprivate var trimmedSpaces: SubSequence {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\r" || $0 == "\t" }
        var rest = self[...].drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return rest
    }
}
