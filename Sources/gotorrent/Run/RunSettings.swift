import GossipNode
import ProgramSupport

/// How a topology is run, beside what it says itself.
struct RunSettings: Sendable {
    /// The run directory; nil for one of its own under `runs`.
    var output: String?
    var drawsFigures = true
    var recordsTraces = false
    /// Whether all nodes are this process's.
    var isInProcess = false
    /// How nodes write their logs.
    var logFormat = LogFormat.text
    /// Whom a secured run lets in besides its nodes; nil for nobody.
    var admitted: AllowList?
    /// Nil where no page is wanted.
    var web: WebProgram?
    /// Whether the clock is held from the first cycle on, until the page goes on.
    var beginsHeld = false
    var hosts: HostOptions
}
