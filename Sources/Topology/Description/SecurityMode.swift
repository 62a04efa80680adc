/// Whether a topology's swarm is closed to strangers.
package enum SecurityMode: String, CaseIterable, Sendable {
    /// Everyone may take part, and everything is sent in clear.
    case none
    /// CURVE on every link, with keys that are made for the run; only its own nodes may take part.
    case curve

    /// What holds where nothing is written: a swarm that leaves the machine is secured.
    static func usual(hosts: [HostDescription]) -> SecurityMode {
        hosts.contains { $0.ssh != nil } ? .curve : .none
    }
}
