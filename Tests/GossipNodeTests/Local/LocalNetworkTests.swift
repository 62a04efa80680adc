import Testing
import ZeroMQ

@testable import GossipNode

@Suite struct LocalNetworkTests {
    @Test func addressesOfTheProcessAreReachedByMemoryAndOthersAsTheyStand() throws {
        let context = try Context()
        defer { context.terminate() }
        let network = LocalNetwork()
        let router = try Socket(.router, in: context)
        let address = try router.bind("tcp://127.0.0.1:*")
        #expect(network.endpoint(of: address) == address)
        try network.open(router, at: address)
        #expect(network.endpoint(of: address) == "inproc://\(address)")
        #expect(network.endpoint(of: "tcp://127.0.0.1:1") == "tcp://127.0.0.1:1")

        // Both ways lead to the same socket.
        for endpoint in [network.endpoint(of: address), address] {
            let dealer = try Socket(.dealer, in: context)
            try dealer.connect(endpoint)
            try dealer.send([Array(endpoint.utf8)])
            #expect(try router.receive(timeout: .seconds(20))?.last == Array(endpoint.utf8))
            dealer.close()
        }
        network.close(address)
        #expect(network.endpoint(of: address) == address)
        router.close()
    }

    @Test func anAddressThatIsTakenIsToldAndTheOtherStays() throws {
        let context = try Context()
        defer { context.terminate() }
        let network = LocalNetwork()
        let (first, second) = (try Socket(.router, in: context), try Socket(.router, in: context))
        try network.open(first, at: "tcp://127.0.0.1:7000")
        #expect(throws: ZeroMQError.self) { try network.open(second, at: "tcp://127.0.0.1:7000") }
        #expect(network.endpoint(of: "tcp://127.0.0.1:7000") == "inproc://tcp://127.0.0.1:7000")
        first.close()
        second.close()
    }
}
