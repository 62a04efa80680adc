import GossipWire

/// Who sent to whom, by each node's newest report: pushes, pull requests and wishes of one cycle.
package struct LinksPart: Encodable, Equatable, Sendable {
    /// More would be a tangle.
    static let mostNodes = 32

    /// In the order of the table; empty where there are more than are drawn, or they do not tell.
    package var names: [String] = []
    /// Of each arrow: its beginning and end, places in `names`, and how many messages it stands for.
    package var from: [Int] = []
    package var to: [Int] = []
    package var count: [UInt32] = []

    package init() {}

    /// - Parameter reports: the nodes' newest, in the order of the table.
    init(_ reports: [(name: String, report: ProgressReport)]) {
        guard reports.count <= Self.mostNodes, reports.contains(where: { $0.report.sentTo != nil }) else { return }
        names = reports.map(\.name)
        let places = Dictionary(
            reports.enumerated().map { ($0.element.report.peerReference, $0.offset) }, uniquingKeysWith: { $1 })
        for (place, element) in reports.enumerated() {
            for (reference, sent) in (element.report.sentTo ?? [:]).sorted(by: { $0.key < $1.key }) where sent > 0 {
                // Whom nobody knows is not on the bus, or has come back at another port.
                guard let target = places[reference] else { continue }
                from.append(place)
                to.append(target)
                count.append(sent)
            }
        }
    }
}
