import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct LostLinkTests {
    private func give(
        _ bytes: [UInt8], more: Bool, to outgoing: inout OutgoingMultipart
    ) throws(ZeroMQError) -> Bool {
        var message = Message(copying: bytes)
        return try outgoing.append(moving: &message.raw, more: more)
    }

    @Test(arguments: ["inproc://dies", "tcp://127.0.0.1:*"])
    func aLinkThatDiesBetweenFramesDoesNotEatTheNextMessage(endpoint: String) throws {
        try withContext { context in
            let first = try Socket(.dealer, in: context)
            let second = try Socket(.dealer, in: context)
            let sender = try Socket(.dealer, in: context)
            defer { for socket in [first, second, sender] { socket.close() } }
            let address = try first.bind(endpoint)
            try sender.connect(address)
            var outgoing = OutgoingMultipart(on: sender.pointer)
            #expect(try give([1], more: true, to: &outgoing))
            try sender.disconnect(address)
            // Refused, but begun: the rest has to follow.
            #expect(try give([2], more: true, to: &outgoing))
            #expect(outgoing.outcome == .wouldBlock)
            #expect(try give([3], more: true, to: &outgoing))
            #expect(try give([4], more: false, to: &outgoing))
            #expect(outgoing.outcome == .wouldBlock)

            try sender.connect(second.bind(endpoint == address ? "inproc://lives" : endpoint))
            #expect(try sender.send([[5], [6]]) == .sent)
            #expect(try second.next() == [[5], [6]])
            #expect(try first.receive(timeout: silence) == nil)
        }
    }

    @Test func aDealerWithoutItsPeerSaysSoAtOnce() throws {
        try withContext { context in
            let server = try Socket(.router, in: context)
            let client = try Socket(.dealer, in: context)
            defer { server.close() }
            defer { client.close() }
            try client.set(.immediate, to: true)
            try client.set(.reconnectInterval, to: .milliseconds(10))
            #expect(try client.send([[1]]) == .wouldBlock)
            // A port that was free a moment ago, and where nobody is now.
            let endpoint = try server.bind("tcp://127.0.0.1:*")
            try server.unbind(endpoint)
            try client.connect(endpoint)
            #expect(try client.send([[1], [2]]) == .wouldBlock)

            #expect(try repeatedly(server) { code { _ = try server.bind(endpoint) } == nil })
            #expect(try repeatedly(client) { try client.send([[3], [4]]) == .sent })
            #expect(try server.next()?.dropFirst() == [[3], [4]])
        }
    }

    @Test func aFullQueueSaysSoAndKeepsWhatItHas() throws {
        try withContext { context in
            let sender = try Socket(.dealer, in: context)
            let receiver = try Socket(.dealer, in: context)
            defer { sender.close() }
            defer { receiver.close() }
            try sender.set(.sendHighWaterMark, to: 3)
            try receiver.set(.receiveHighWaterMark, to: 2)
            try receiver.bind("inproc://full")
            try sender.connect("inproc://full")
            var sent = 0
            while try sender.send([[UInt8(sent)], []]) == .sent { sent += 1 }
            #expect(sent == 5)
            for number in 0..<sent { #expect(try receiver.next() == [[UInt8(number)], []]) }
            #expect(try repeatedly(sender) { try sender.send([[9]]) == .sent })
            #expect(try receiver.next() == [[9]])
        }
    }

    @Test func aRouterNamesWhomItCannotReach() throws {
        try withContext { context in
            let router = try Socket(.router, in: context)
            let client = try Socket(.dealer, in: context)
            defer { router.close() }
            try client.set(.routingID, to: [7])
            try client.connect(router.bind("tcp://127.0.0.1:*"))
            #expect(try router.send(to: [8], [[1]]) == .unreachable)
            try client.send([[1]])
            #expect(try router.next() == [[7], [1]])
            #expect(try router.send(to: [7], [[2], []]) == .sent)
            #expect(try router.send([[7], [3]]) == .sent)
            #expect(try client.next() == [[2], []])
            #expect(try client.next() == [[3]])
            client.close()
            #expect(try repeatedly(router) { try router.send(to: [7], [[4]]) == .unreachable })
        }
    }

    @Test func aNewLinkTakesItsIdentityOver() throws {
        try withContext { context in
            let router = try Socket(.router, in: context)
            let old = try Socket(.dealer, in: context)
            let new = try Socket(.dealer, in: context)
            defer { for socket in [router, old, new] { socket.close() } }
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            for client in [old, new] {
                try client.set(.routingID, to: [7])
                try client.connect(endpoint)
                try client.send([[1]])
                #expect(try router.next() == [[7], [1]])
            }
            #expect(try router.send(to: [7], [[2]]) == .sent)
            #expect(try new.next() == [[2]])
        }
    }
}
