/// The figures of a run, by the name of their files.
package enum Figure: String, CaseIterable, Sendable {
    /// The average fraction of the file that the peers hold, against the cycle.
    case progress
    /// Useful and redundant messages in each cycle.
    case messages
}
