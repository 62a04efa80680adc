/// One decoder or state machine under input that anyone may have made up.
///
/// The fuzzer (`Tests/Fuzz/Program`) makes inputs up by the million; the tests run those that are kept in
/// `Tests/Fuzz/corpus/NAME`. A trap is a finding, and so is a `FuzzFinding`; every other error is caught inside, for to
/// refuse an input is what a decoder is for.
package struct FuzzTarget: Sendable {
    /// As it is called on the command line, and the folder of its corpus.
    package let name: String
    private let body: @Sendable (inout FuzzInput) throws(FuzzFinding) -> Bool

    package static let all: [FuzzTarget] = [
        FuzzTarget(name: "tracker-request", body: TrackerTargets.request),
        FuzzTarget(name: "tracker-reply", body: TrackerTargets.reply),
        FuzzTarget(name: "metafile-assembly", body: TrackerTargets.assembly),
        FuzzTarget(name: "peer-request", body: PeerMessageTargets.request),
        FuzzTarget(name: "peer-reply", body: PeerMessageTargets.reply),
        FuzzTarget(name: "bus", body: BusTarget.run),
        FuzzTarget(name: "scrape", body: ScrapeTarget.run),
        FuzzTarget(name: "bencode", body: MetafileTargets.bencode),
        FuzzTarget(name: "metafile", body: MetafileTargets.metafile),
        FuzzTarget(name: "link", body: LinkTargets.link),
        FuzzTarget(name: "selection", body: LinkTargets.selection),
        FuzzTarget(name: "proofs", body: ProofTarget.run),
        FuzzTarget(name: "journal", body: JournalTarget.run),
        FuzzTarget(name: "key-file", body: KeyTargets.keyFile),
        FuzzTarget(name: "credentials", body: KeyTargets.credentials),
        FuzzTarget(name: "allow-list", body: KeyTargets.allowList),
        FuzzTarget(name: "topology", body: TopologyTarget.run),
        FuzzTarget(name: "trace", body: TraceTarget.run),
        FuzzTarget(name: "agent", body: AgentTarget.run),
        FuzzTarget(name: "coding", body: CodingTarget.run),
        FuzzTarget(name: "peer", body: PeerTarget.run),
        FuzzTarget(name: "tracker", body: TrackerMachineTarget.run),
        FuzzTarget(name: "clock", body: ClockTarget.run),
        FuzzTarget(name: "follower", body: FollowerTarget.run),
    ]

    package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

    /// Runs one input, whole.
    /// - Returns: whether it was taken: what is refused reaches few of the checks.
    /// - Throws: where something does not hold.
    @discardableResult
    package func run(_ bytes: [UInt8]) throws(FuzzFinding) -> Bool {
        var input = FuzzInput(bytes)
        return try body(&input)
    }
}
