import Testing

@testable import ZeroMQ

/// Both ways of waiting, also the one that this system does not use.
@Suite(.timeLimit(.minutes(5)))
struct DescriptorWatchTests {
    enum Kind: CaseIterable {
        case poll
        #if os(Linux)
            case epoll
        #endif

        func make() throws -> any DescriptorWatch {
            switch self {
            case .poll: return PollWatch()
            #if os(Linux)
                case .epoll: return try EpollWatch()
            #endif
            }
        }
    }

    /// What one wait finds, by number.
    private static func found(_ watch: any DescriptorWatch, timeout: Int = 0) -> [Int: PollEvents] {
        var found: [Int: PollEvents] = [:]
        watch.wait(timeout: timeout) { found[$0] = $1 }
        return found
    }

    @Test(arguments: Kind.allCases)
    func whatIsReadyIsFoundUntilItIsNotAnyMore(_ kind: Kind) throws {
        let watch = try kind.make()
        let wakeups = try (0..<5).map { _ in try Wakeup() }
        for (number, wakeup) in wakeups.enumerated() { try watch.set(wakeup.readDescriptor, .readable, key: number) }
        #expect(Self.found(watch).isEmpty)
        wakeups[1].signal()
        wakeups[4].signal()
        #expect(Self.found(watch, timeout: -1) == [1: .readable, 4: .readable])
        wakeups[1].drain()
        #expect(Self.found(watch, timeout: -1) == [4: .readable])
    }

    @Test(arguments: Kind.allCases)
    func whatIsRemovedIsNotFoundAndTheOthersAre(_ kind: Kind) throws {
        let watch = try kind.make()
        let wakeups = try (0..<5).map { _ in try Wakeup() }
        for (number, wakeup) in wakeups.enumerated() {
            try watch.set(wakeup.readDescriptor, .readable, key: number)
            wakeup.signal()
        }
        for number in [0, 2, 2, 4] { watch.remove(wakeups[number].readDescriptor) }
        #expect(Self.found(watch) == [1: .readable, 3: .readable])
        watch.remove(wakeups[1].readDescriptor)
        try watch.set(wakeups[4].readDescriptor, .readable, key: 9)
        #expect(Self.found(watch) == [3: .readable, 9: .readable])
    }

    @Test(arguments: Kind.allCases)
    func whatIsWaitedForCanBeChanged(_ kind: Kind) throws {
        #if os(Linux)
            let watch = try kind.make()
            let wakeup = try Wakeup()
            wakeup.signal()
            try watch.set(wakeup.readDescriptor, .writable, key: 1)
            #expect(Self.found(watch) == [1: .writable])
            try watch.set(wakeup.readDescriptor, [.readable, .writable], key: 2)
            #expect(Self.found(watch) == [2: [.readable, .writable]])
        #endif
    }

    @Test(arguments: Kind.allCases)
    func manyThatAreReadyAreAllFoundByAFewWaits(_ kind: Kind) throws {
        let watch = try kind.make()
        let wakeups = try (0..<600).map { _ in try Wakeup() }
        for (number, wakeup) in wakeups.enumerated() {
            try watch.set(wakeup.readDescriptor, .readable, key: number)
            wakeup.signal()
        }
        var seen: Set<Int> = []
        for _ in 0..<3 { seen.formUnion(Self.found(watch).keys) }
        #expect(seen == Set(0..<600))
    }

    /// A loop that waits by poll(2) serves sockets, descriptors and jobs like any other.
    @Test func aLoopServesByPoll() async throws {
        let context = try Context()
        let loop = try EventLoop(name: "poll", watch: PollWatch())
        let received = Promise<[[UInt8]]>()
        try await loop.perform { loop in
            let (left, right) = (try Socket(.pair, in: context), try Socket(.pair, in: context))
            try left.bind("inproc://poll")
            try right.connect("inproc://poll")
            loop.add(right, events: .readable) { _ in
                if let message = try? right.receive(timeout: .zero) { received.fulfil(message) }
                right.close()
                left.close()
            }
            loop.schedule(after: .milliseconds(5)) { _ = try? left.send([[7]]) }
        }
        #expect(try await received.value() == [[7]])
        await loop.shutdown()
        context.terminate()
    }
}
