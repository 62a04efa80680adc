/// How a shell on a host is reached: by the user's own OpenSSH, or on this machine directly.
package struct HostTransport: Equatable, Sendable {
    /// What the login shell is given: the same on every host, so that nothing needs quoting. It takes a script of as
    /// many bytes as the first line says from standard input.
    static let remoteCommand = "exec sh -c 'read -r length && eval \"$(head -c \"$length\")\"'"

    /// The program, looked for on the path, and its arguments.
    package let words: [String]
    /// What a person types to see how a host answers.
    package let byHand: String
    /// What stands before a command that is typed for the host; nothing on this machine.
    private let prefix: [String]

    /// - Parameters:
    ///   - host: its `ssh` is a destination of ssh, which looks it up in the user's configuration; nil is this machine.
    ///   - ssh: the command for ssh, such as `ssh -F FILE`, as words parted by spaces.
    package init(_ host: HostDescription, ssh: String) {
        guard let destination = host.ssh else {
            prefix = []
            byHand = "sh -c true"
            words = ["/bin/sh", "-c", Self.remoteCommand]
            return
        }
        let command = ssh.split(separator: " ").map(String.init)
        let given = command.isEmpty ? ["ssh"] : command
        prefix = given + [destination]
        byHand = ShellWord.line(given + [destination, "true"])
        words = given + Self.options.flatMap { ["-o", $0] } + ["-T", "--", destination, Self.remoteCommand]
    }

    /// A command line that does something on the host, for a person.
    package func typed(_ words: [String], asksForPassword: Bool = false) -> String {
        guard let program = prefix.first else { return ShellWord.line(words) }
        let options = asksForPassword ? ["-t"] : []
        let reached = ShellWord.line([program] + prefix.dropFirst().dropLast() + options + prefix.suffix(1))
        let command = ShellWord.line(words)
        // The host's shell reads it again.
        return reached + " " + (words.allSatisfy { ShellWord.quoted($0) == $0 } ? command : ShellWord.quoted(command))
    }

    /// Set over the user's configuration; whom to trust and how to log in are left to it.
    private static let options = [
        // Never a question that nobody answers.
        "BatchMode=yes",
        "ConnectTimeout=10",
        // A line that is cut is noticed within eight seconds.
        "ServerAliveInterval=2", "ServerAliveCountMax=3",
        // A connection that the user's ssh holds open is used, but none is left open behind us.
        "ControlMaster=no",
        // What the user forwards for sessions by hand would fail where it is forwarded already.
        "ClearAllForwardings=yes", "ForwardAgent=no", "ForwardX11=no",
        "RemoteCommand=none", "RequestTTY=no", "PermitLocalCommand=no",
    ]
}
