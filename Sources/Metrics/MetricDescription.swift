/// What a metric is: its name, and what its values mean.
///
/// Names follow Prometheus' own rules (prometheus.io/docs/practices/naming): the program's name first, base units at the
/// end, `_total` behind what only grows.
package struct MetricDescription: Hashable, Sendable {
    package enum Kind: String, Sendable {
        /// Grows from zero at the start of the process, or of the node.
        case counter
        /// Goes up and down.
        case gauge
        /// Values counted by their size.
        case histogram
    }

    package let name: String
    package let kind: Kind
    /// One line, for people.
    package let help: String
    /// Names of the labels that each of its values has.
    package let labels: [String]

    package init(_ kind: Kind, _ name: String, labels: [String] = [], _ help: String) {
        self.kind = kind
        self.name = name
        self.labels = labels
        self.help = help
    }
}
