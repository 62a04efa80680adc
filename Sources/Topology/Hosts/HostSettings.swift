/// What all hosts of a run are told alike.
package struct HostSettings: Sendable {
    /// The command for ssh, such as `ssh -F FILE`, as words parted by spaces.
    package var ssh: String
    /// The name of the run's folder on the hosts, to which the host's name is added.
    package var run: String
    package var program: HostProgram
    /// Whether the run goes on when the launcher leaves.
    package var isDetached = false
    /// Whether it went on already: nothing is started, and its folders are there.
    package var isAttaching = false
    /// Whether the program and the seeds' files stay on the hosts.
    package var keepsCopies = false
    /// Where a node's log goes, on this machine.
    package var log: @Sendable (String) -> String
    /// Where what a host's ssh says goes, by the host's name.
    package var sshLog: @Sendable (String) -> String

    package init(
        ssh: String, run: String, program: HostProgram, log: @escaping @Sendable (String) -> String,
        sshLog: @escaping @Sendable (String) -> String
    ) {
        self.ssh = ssh
        self.run = run
        self.program = program
        self.log = log
        self.sshLog = sshLog
    }
}
