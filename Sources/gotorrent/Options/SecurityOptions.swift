import ArgumentParser
import GossipNode
import ProgramSupport
import ZeroMQ

/// What makes a command's swarm a secured one: this process's keys, and whom it trusts.
struct SecurityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            This node's secret key, as gotorrent keys new writes it: the swarm is a secured one. (default: none, for an \
            open swarm)
            """, valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            """
            The allow-list, a line KEY NAME ROLE for each member; whoever is not there is not let in. Looked at every \
            2 seconds, and read again when it was changed.
            """, valueName: "file"))
    var allow: String?

    @Option(
        help: ArgumentHelp(
            "The public key of the signer; an allow-list counts only if gotorrent keys sign signed it with that.",
            valueName: "hex"))
    var signer: String?

    @Option(
        help: ArgumentHelp(
            "The tracker's public key, 64 hex digits. (default: the one in the torrent's link)", valueName: "hex"))
    var trackerKey: String?

    @Flag(help: ArgumentHelp("Read key and allow-list from standard input.", visibility: .hidden))
    var credentialsFromInput = false

    /// - Parameter role: of the command.
    func validate(_ role: KeyRole) throws {
        let isGiven = key != nil || credentialsFromInput
        for (option, value) in [("--allow", allow), ("--signer", signer), ("--tracker-key", trackerKey)]
        where value != nil && !isGiven {
            throw ValidationError(
                "\(option) is for secured swarms; --key names this node's own key, which is needed too")
        }
        if credentialsFromInput, key != nil || allow != nil || signer != nil || trackerKey != nil {
            throw ValidationError("--credentials-from-input stands for all options of security; give no other")
        }
        if key != nil, role != .monitor, allow == nil {
            throw ValidationError(
                "--key is given without --allow; the allow-list names the keys that may connect, and without one "
                    + "nobody might")
        }
        if allow == nil, signer != nil { throw ValidationError("--signer is given without the --allow that it signs") }
        if let trackerKey, CurvePublicKey(hex: trackerKey) == nil {
            throw ValidationError("--tracker-key must be 64 hex digits, as gotorrent keys show prints them")
        }
        if let signer, SignerKey(hex: signer) == nil {
            throw ValidationError("--signer must be 64 hex digits, as gotorrent keys show prints them")
        }
    }

    /// Reads the files, or standard input.
    /// - Returns: nil where the swarm is an open one.
    /// - Throws: `NodeError` where a file is not what it must be.
    func setup() throws -> SecuritySetup? {
        if credentialsFromInput {
            let credentials = try NodeCredentials(text: CredentialsInput.read(), path: "standard input")
            return SecuritySetup(
                keys: credentials.keys, trackerKey: credentials.trackerKey,
                gate: AccessGate(own: credentials.keys.publicKey, list: credentials.list), file: nil)
        }
        guard let key else { return nil }
        let keys = try KeyFile.readPair(key)
        let file = try allow.map { path throws(NodeError) in
            try AllowListFile(path: path, signer: signer.flatMap { SignerKey(hex: $0) })
        }
        return SecuritySetup(
            keys: keys, trackerKey: trackerKey.flatMap { CurvePublicKey(hex: $0) },
            gate: AccessGate(own: keys.publicKey, list: file?.list ?? AllowList()), file: file)
    }
}
