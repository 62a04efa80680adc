import GossipNode
import ZeroMQ

/// The public halves of the keys that an export's processes will have, and where the secret ones lie.
///
/// No secret is read for an export, and none is written: its files say where each process finds its own.
package struct ExportedKeys: Equatable, Sendable {
    /// What the allow-list is called beside the other files.
    static let listName = "swarm.allow"
    /// Most of what is missing that one message names.
    private static let namedLimit = 3

    /// The folder with the key files, `NAME.key` each; a path from the root.
    let folder: String
    /// All who may take part, monitors too.
    let list: AllowList

    /// - Parameters:
    ///   - folder: a path from the root.
    ///   - list: of all public keys there.
    package init(folder: String, list: AllowList) {
        self.folder = folder
        self.list = list
    }

    /// The key file of a process.
    static func file(of name: String) -> String { "\(name).key" }

    /// The words by which a command is told where its key and the list are.
    static func options(key: String, list: String) -> [String] { ["--key", key, "--allow", list] }

    /// The tracker's public key; nil where the list has none, or more than one.
    var trackerKey: CurvePublicKey? {
        let keys = list.entries.filter { $0.name == NodeCommand.trackerName && $0.role == .tracker }
        return keys.count == 1 ? keys[0].key : nil
    }

    /// Whether everyone has a key.
    /// - Parameter nodes: what the keys of seeds and peers are called.
    /// - Throws: `ExportError` that says whose key is missing, and how to make it.
    func check(nodes: [String]) throws(ExportError) {
        let trackers = list.entries.count { $0.name == NodeCommand.trackerName && $0.role == .tracker }
        guard trackers <= 1 else {
            throw ExportError(
                "\(folder) has \(trackers) public keys of the tracker; nodes are told one, so remove the others")
        }
        let known = Set(list.entries.filter { $0.role == .node }.map(\.name))
        let commands =
            (trackers == 0 ? [command(for: NodeCommand.trackerName) + " --role tracker"] : [])
            + nodes.filter { !known.contains($0) }.map(command)
        guard !commands.isEmpty else { return }
        let more = commands.count - Self.namedLimit
        throw ExportError(
            "\(folder) lacks public keys of the swarm's processes; make them by "
                + commands.prefix(Self.namedLimit).joined(separator: ", ")
                + (more > 0 ? ", and \(more) more of that kind" : ""))
    }

    private func command(for name: String) -> String { "gotorrent keys new \(folder)/\(Self.file(of: name))" }
}
