import Testing
import ZeroMQ

@testable import GossipNode

/// Which link is one too many, and whose is which.
@Suite struct LinkTableTests {
    private func link(_ number: Int32) -> LinkDescriptor {
        guard let link = LinkDescriptor(number) else { preconditionFailure("a descriptor is not negative") }
        return link
    }

    private func address(_ host: UInt8, _ port: UInt16 = 1) -> LinkDescriptor.Address {
        LinkDescriptor.Address(host: [10, 0, 0, host], port: port)
    }

    private func name(_ table: inout LinkTable, _ link: LinkDescriptor, _ identity: [UInt8]) {
        identity.withUnsafeBytes { table.name(link, $0) }
    }

    @Test func asManyAsTheLimitStay() {
        var table = LinkTable(limit: 2)
        #expect(table.accept(link(5), from: address(1)) == nil)
        #expect(table.accept(link(6), from: address(2)) == nil)
        table.remove(link(5))
        table.remove(link(5))
        #expect(table.accept(link(7), from: address(1)) == nil)
        #expect(table.count == 2)
    }

    @Test func theHostThatHasMostLosesItsNewest() {
        var table = LinkTable(limit: 3)
        for number: Int32 in 5...7 { #expect(table.accept(link(number), from: address(1)) == nil) }
        #expect(table.accept(link(8), from: address(2)) == link(7), "not the newcomer")
        table.remove(link(7))
        #expect(table.accept(link(7), from: address(2)) == link(7), "two each: then the newcomer")
    }

    @Test func whoseAddressIsUnknownCountsAsOneHost() {
        var table = LinkTable(limit: 2)
        _ = table.accept(link(5), from: nil)
        _ = table.accept(link(6), from: nil)
        #expect(table.accept(link(7), from: address(1)) == link(6))
    }

    @Test func anIdentityLeadsToTheLinkThatHadItLast() {
        var table = LinkTable(limit: 4)
        for number: Int32 in 5...6 { _ = table.accept(link(number), from: address(1)) }
        name(&table, link(5), [1])
        #expect(table.link(of: [1]) == link(5))
        name(&table, link(6), [1])
        #expect(table.link(of: [1]) == link(6))
        table.remove(link(5))
        #expect(table.link(of: [1]) == link(6), "the older link's end says nothing of the later one")
        table.remove(link(6))
        #expect(table.link(of: [1]) == nil)
    }

    @Test func aLinkThatSpeaksBeforeItIsToldOfIsNamedAllTheSame() {
        var table = LinkTable(limit: 4)
        name(&table, link(5), [1])
        #expect(table.link(of: [1]) == nil)
        _ = table.accept(link(5), from: address(1))
        #expect(table.link(of: [1]) == link(5))
    }

    @Test func aNumberThatIsUsedAgainIsAnotherLink() {
        var table = LinkTable(limit: 4)
        _ = table.accept(link(5), from: address(1, 1))
        name(&table, link(5), [1])
        _ = table.accept(link(5), from: address(1, 2))
        #expect(table.count == 1)
        #expect(table.link(of: [1]) == nil)
        #expect(table.address(of: link(5)) == address(1, 2))
    }
}
