import GossipCore
import GossipWire
import Testing

@testable import SwarmPage

@Suite struct LinksPartTests {
    private func report(_ name: String, port: Int, sentTo: [Int: UInt32]?) -> BusMessage {
        guard case .progress(var report) = SampleBus.report(name, cycle: 3, "x.") else { preconditionFailure() }
        report.peerReference = "tcp://127.0.0.1:\(port)"
        report.sentTo = sentTo.map { sent in
            Dictionary(uniqueKeysWithValues: sent.map { ("tcp://127.0.0.1:\($0.key)", $0.value) })
        }
        return .progress(report)
    }

    private func links(_ messages: [BusMessage]) -> LinksPart {
        SampleBus.picture(messages).frame(at: SampleBus.at(0)).links
    }

    private func arrows(_ links: LinksPart) -> Set<String> {
        Set(links.from.indices.map { "\(links.names[links.from[$0]])>\(links.names[links.to[$0]]):\(links.count[$0])" })
    }

    @Test func arrowsLeadFromWhoSentToWhoWasSentTo() {
        let links = links([
            report("a", port: 1, sentTo: [2: 1, 3: 2]), report("b", port: 2, sentTo: [1: 1]),
            report("c", port: 3, sentTo: [:]),
        ])
        #expect(links.names == ["a", "b", "c"])
        #expect(arrows(links) == ["a>b:1", "a>c:2", "b>a:1"])
    }

    @Test func whoIsNotOnTheBusHasNoArrow() {
        #expect(
            arrows(links([report("a", port: 1, sentTo: [2: 1, 9: 4]), report("b", port: 2, sentTo: nil)])) == ["a>b:1"])
    }

    @Test func aNewReportTakesThePlaceOfTheOld() {
        guard case .progress(var second) = report("a", port: 1, sentTo: [2: 5]) else { return }
        second.cycle = 4
        let links = links([report("a", port: 1, sentTo: [2: 1]), report("b", port: 2, sentTo: [:]), .progress(second)])
        #expect(arrows(links) == ["a>b:5"])
    }

    @Test func nothingIsDrawnOfNodesThatDoNotTellOrAreTooMany() {
        #expect(links([report("a", port: 1, sentTo: nil)]) == LinksPart())
        let many = (1...33).map { report("n\($0)", port: $0, sentTo: [1: 1]) }
        #expect(links(many) == LinksPart())
        #expect(links(Array(many.dropLast())).from.count == 32)
    }
}
