/// What the agent on a host tells its launcher.
package enum AgentReport: Codable, Equatable, Sendable {
    /// The agent is up.
    /// - isHeld: whether another agent, one that was detached, holds this run.
    case ready(isHeld: Bool)
    case beat
    /// What was asked is done.
    case done
    /// What was asked could not be done, and why.
    case failed(String)
    case known(Bool)
    /// Those of the ports asked about that something listens on.
    case taken([UInt16])
    /// SHA-256 in hexadecimal; nil where there is no such file.
    case digest(String?)
    /// A file follows, in frames of data.
    case file(path: String, size: UInt64)
    /// A line of a node's standard output.
    case line(name: String, text: String)
    /// What a node wrote to standard error.
    case log(name: String, text: String)
    /// A node is no more, or could not be started.
    case ended(name: String, how: String)
    case states([NodeState])

    /// A node of a run that was detached.
    package struct NodeState: Codable, Equatable, Sendable {
        package var name: String
        package var process: Int32
        /// How it ended; nil while it runs.
        package var ending: String?

        package init(name: String, process: Int32, ending: String? = nil) {
            self.name = name
            self.process = process
            self.ending = ending
        }
    }
}
