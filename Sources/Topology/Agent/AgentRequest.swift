/// What a launcher asks of the agent on a host.
///
/// Both are the same program, byte for byte, so nothing is kept compatible here. All paths are relative to the run's
/// folder on the host. Requests up to `finish`, other than `beat`, `start`, `tell` and `stop`, are answered by one report each,
/// and the next waits for it.
package enum AgentRequest: Codable, Equatable, Sendable {
    /// The launcher is there. Anything else that comes says so as well.
    case beat
    /// A file follows, in frames of data; answered by `done` or `failed`.
    /// - digest: the SHA-256 by which a later run may find it here, in hexadecimal; nil of what is this run's alone.
    case file(path: String, size: UInt64, digest: String?)
    /// Is the file with this SHA-256 here? Where it is, it gets this path. Answered by `known`.
    case known(digest: String, path: String)
    /// Which of these TCP ports are taken? Answered by `taken`.
    case ports([UInt16])
    /// Starts `gotorrent` with these arguments as a node; it is told of by `line`, `log` and `ended`.
    /// - input: what it is given over its standard input first, such as its keys; nil for nothing.
    /// - logsToFile: whether its log goes to `logs/NAME.log` here rather than to the launcher.
    case start(name: String, arguments: [String], input: String?, logsToFile: Bool)
    /// Writes a line to a node's standard input, which takes commands there; one that takes none is not disturbed.
    case tell(name: String, line: String)
    /// Ends a node: closes its standard input, then TERM, then KILL.
    case stop(name: String)
    /// Answered by `digest`.
    case digest(path: String)
    /// Answered by `file`, with data, for each regular file below a path, and by `done`.
    case collect(path: String)
    /// Which nodes there are. Answered by `states`.
    case states
    /// Ends the agent that holds this run, and its nodes, and holds the run in its place. Answered by `done`.
    case takeOver
    /// Goes on without the launcher. Answered by `done`, the last word.
    case detach
    /// Ends all nodes, removes everything, answers `done` and ends.
    /// - keepsCopies: whether the program and files with a digest stay, for later runs.
    /// - keepsRun: whether the run's folder stays.
    case finish(keepsCopies: Bool, keepsRun: Bool)
}
