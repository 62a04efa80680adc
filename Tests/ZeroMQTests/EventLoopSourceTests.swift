import Testing

@testable import ZeroMQ

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite(.timeLimit(.minutes(5)))
struct EventLoopSourceTests {
    /// Opens two linked sockets on the loop's thread.
    private static func pair(_ name: String, _ context: Context) throws -> (Socket, Socket) {
        let left = try Socket(.pair, in: context)
        let right = try Socket(.pair, in: context)
        try left.bind("inproc://\(name)")
        try right.connect("inproc://\(name)")
        return (left, right)
    }

    @Test func aHandlerIsCalledForAsLongAsThereIsSomethingToRead() async throws {
        try await withLoop { loop, context in
            let received = Promise<[[[UInt8]]]>()
            try await loop.perform { loop in
                let (left, right) = try Self.pair("level", context)
                let messages = Box<[[[UInt8]]]>([])
                loop.add(right, events: .readable) { events in
                    #expect(events == .readable)
                    // One a call, though all are there.
                    if let message = try? right.receive(timeout: .zero) { messages.value.append(message) }
                    guard messages.value.count == 3 else { return }
                    right.close()
                    left.close()
                    received.fulfil(messages.value)
                }
                for number in 0..<3 { try left.send([[UInt8(number)]]) }
            }
            #expect(try await received.value() == [[[0]], [[1]], [[2]]])
        }
    }

    @Test func whatAHandlerRemovesIsNotDeliveredAnyMore() async throws {
        try await withLoop { loop, context in
            let calls = Box<[String]>([])
            try await loop.perform { loop in
                let (first, firstPeer) = try Self.pair("first", context)
                let (second, secondPeer) = try Self.pair("second", context)
                let (third, thirdPeer) = try Self.pair("third", context)
                loop.add(first, events: .readable) { _ in
                    calls.value.append("first")
                    // Itself, one removed, and one closed: all were found readable in the same poll.
                    loop.remove(first)
                    loop.remove(second)
                    third.close()
                }
                loop.add(second, events: .readable) { _ in calls.value.append("second") }
                loop.add(third, events: .readable) { _ in calls.value.append("third") }
                for peer in [firstPeer, secondPeer, thirdPeer] { try peer.send([[1]]) }
                // Kept until the end: dropping the last reference closes.
                loop.schedule(after: .seconds(100)) { _ = (first, second, firstPeer, secondPeer, thirdPeer) }
            }
            for _ in 0..<5 { await nextTurn(of: loop) }
            #expect(await loop.perform { _ in calls.value } == ["first"])
        }
    }

    /// Returns when the loop has polled at least once.
    private func nextTurn(of loop: EventLoop) async {
        let hasTurned = Promise<Void>()
        await loop.perform { loop in
            _ = loop.schedule(after: .milliseconds(1)) { hasTurned.fulfil(()) }
        }
        _ = try? await hasTurned.value()
    }

    @Test func whatAHandlerAddsIsServedFromTheNextTurnOn() async throws {
        try await withLoop { loop, context in
            let isServed = Promise<Void>()
            try await loop.perform { loop in
                let (first, firstPeer) = try Self.pair("first", context)
                let (second, secondPeer) = try Self.pair("second", context)
                try secondPeer.send([[2]])
                try firstPeer.send([[1]])
                loop.add(first, events: .readable) { _ in
                    loop.remove(first)
                    loop.add(second, events: .readable) { _ in
                        for socket in [first, firstPeer, second, secondPeer] { socket.close() }
                        isServed.fulfil(())
                    }
                }
            }
            try await isServed.value()
        }
    }

    @Test func whatIsWaitedForCanBeChangedAndPaused() async throws {
        try await withLoop { loop, context in
            let calls = Box<[PollEvents]>([])
            let sockets = Box<[Socket]>([])
            try await loop.perform { loop in
                let (left, right) = try Self.pair("changed", context)
                sockets.value = [left, right]
                loop.add(right, events: .writable) { events in
                    calls.value.append(events)
                    loop.update(right, events: [])
                }
                try left.send([[1]])
            }
            for _ in 0..<3 { await nextTurn(of: loop) }
            #expect(await loop.perform { _ in calls.value } == [.writable])
            await loop.perform { loop in loop.update(sockets.value[1], events: .readable) }
            for _ in 0..<3 { await nextTurn(of: loop) }
            #expect(await loop.perform { _ in calls.value } == [.writable, .readable])
            await loop.perform { _ in sockets.value = [] }
        }
    }

    /// libzmq tells of news once, and any call on the socket takes the telling up.
    @Test func newsThatAnotherCallTookUpIsServedAllTheSame() async throws {
        try await withLoop { loop, context in
            let received = Promise<[[UInt8]]?>()
            let sockets = Box<[Socket]>([])
            try await loop.perform { loop in
                let (left, right) = try Self.pair("news", context)
                sockets.value = [left, right]
                loop.add(right, events: .readable) { _ in
                    received.fulfil((try? right.receive(timeout: .zero)) ?? nil)
                    for socket in sockets.value { socket.close() }
                }
            }
            // The loop sleeps by now, or is about to: what was added has been looked at.
            await nextTurn(of: loop)
            try await loop.perform { _ in
                let (left, right) = (sockets.value[0], sockets.value[1])
                try left.send([[7]])
                #expect(try right.events.contains(.readable))
            }
            #expect(try await received.value() == [[7]])
        }
    }

    /// Whatever many wait for, only what is ready is called, in the order of registration.
    @Test func amongManySocketsThoseThatAreReadyAreServed() async throws {
        try await withLoop { loop, context in
            let calls = Box<[Int]>([])
            let sockets = Box<[Socket]>([])
            let areServed = Promise<Void>()
            try await loop.perform { loop in
                for number in 0..<150 {
                    let (left, right) = try Self.pair("many-\(number)", context)
                    sockets.value += [left, right]
                    loop.add(right, events: .readable) { _ in
                        calls.value.append(number)
                        _ = try? right.receive(timeout: .zero)
                        if number == 149 { areServed.fulfil(()) }
                    }
                }
            }
            await nextTurn(of: loop)
            try await loop.perform { _ in
                for number in [149, 3, 77] { try sockets.value[2 * number].send([[1]]) }
            }
            try await areServed.value()
            for _ in 0..<3 { await nextTurn(of: loop) }
            #expect(await loop.perform { _ in calls.value } == [3, 77, 149])
            await loop.perform { _ in for socket in sockets.value { socket.close() } }
        }
    }

    @Test func aDescriptorIsServedLikeASocket() async throws {
        try await withLoop { loop, _ in
            let wakeup = try Wakeup()
            let calls = Box(0)
            let isServed = Promise<Void>()
            await loop.perform { loop in
                loop.add(fileDescriptor: wakeup.readDescriptor, events: .readable) { events in
                    #expect(events == .readable)
                    calls.value += 1
                    if calls.value == 3 {
                        wakeup.drain()
                        loop.remove(fileDescriptor: wakeup.readDescriptor)
                        isServed.fulfil(())
                    }
                }
            }
            wakeup.signal()
            try await isServed.value()
            wakeup.signal()
            for _ in 0..<3 { await nextTurn(of: loop) }
            #expect(await loop.perform { _ in calls.value } == 3)
        }
    }

    @Test func aSocketHeldByAnotherSocketsHandlerGoesWithIt() async throws {
        try await withLoop { loop, context in
            try await loop.perform { loop in
                let outer = try Socket(.pair, in: context)
                do {
                    let inner = try Socket(.pair, in: context)
                    loop.add(inner, events: .readable) { _ in }
                    loop.add(outer, events: .readable) { _ in _ = inner }
                }
                loop.remove(outer)
                outer.close()
            }
            await nextTurn(of: loop)
            // The loop still polls, which it could not with a freed socket among its items.
            await nextTurn(of: loop)
        }
    }

    @Test func theEndOfTheContextIsToldOnceAndDoesNotSpin() async throws {
        try await withLoop { loop, context in
            let calls = Box<[PollEvents]>([])
            let isTold = Promise<Void>()
            let socket = Box<Socket?>(nil)
            try await loop.perform { loop in
                let opened = try Socket(.pair, in: context)
                socket.value = opened
                loop.add(opened, events: .readable) { events in
                    calls.value.append(events)
                    isTold.fulfil(())
                }
            }
            context.shutdown()
            try await isTold.value()
            for _ in 0..<3 { await nextTurn(of: loop) }
            #expect(await loop.perform { _ in calls.value } == [.error])
            await loop.perform { _ in socket.value?.close() }
        }
    }
}
