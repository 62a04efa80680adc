import Synchronization
import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct MessageTests {
    /// Bytes in memory of their own, which say when they are given back.
    final class Owner: @unchecked Sendable {
        // Sendable: nobody writes to the bytes once they are filled.
        let bytes: UnsafeMutableRawBufferPointer
        let onRelease: @Sendable () -> Void

        init(count: Int, onRelease: @escaping @Sendable () -> Void) {
            bytes = .allocate(byteCount: count, alignment: 16)
            for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: index / 7) }
            self.onRelease = onRelease
        }

        deinit {
            bytes.deallocate()
            onRelease()
        }

        var view: UnsafeRawBufferPointer { UnsafeRawBufferPointer(bytes) }
    }

    /// Counts releases.
    final class Count: Sendable {
        let value = Atomic(0)
        func add() { value.add(1, ordering: .sequentiallyConsistent) }
        var now: Int { value.load(ordering: .sequentiallyConsistent) }
    }

    @Test(arguments: [0, 1, 33, 34, 100, 100_000])
    func holdsACopyOfItsBytes(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let message = Message(copying: bytes)
        #expect(message.count == count)
        #expect(!Bool(message.hasMore))
        let copy = message.withUnsafeBytes { Array($0) }
        #expect(copy == bytes)
        // Moved, as a value is: small frames move with it.
        let moved = message
        #expect(moved.withUnsafeBytes { Array($0) } == bytes)
    }

    @Test func aBorrowedFrameThatIsNeverSentGivesItsOwnerBack() {
        let releases = Count()
        do {
            let owner = Owner(count: 100_000) { releases.add() }
            let message = Message(borrowing: owner, buffer: owner.view)
            #expect(message.withUnsafeBytes { $0.baseAddress } == owner.view.baseAddress)
        }
        #expect(releases.now == 1)
    }

    @Test func aBorrowedFrameIsReleasedOnceAfterItWasSent() throws {
        let releases = Count()
        try withContext { context in
            let sender = try Socket(.dealer, in: context)
            let receiver = try Socket(.dealer, in: context)
            defer { sender.close() }
            defer { receiver.close() }
            try sender.connect(receiver.bind("tcp://127.0.0.1:*"))
            let expected: [UInt8]
            do {
                let owner = Owner(count: 1 << 20) { releases.add() }
                expected = Array(owner.view)
                #expect(
                    try sender.send([[1]], last: Message(borrowing: owner, buffer: owner.view)) == .sent)
            }
            #expect(try receiver.next() == [[1], expected])
            // An I/O thread gives it back, at its own time.
            #expect(try repeatedly(sender) { releases.now == 1 })
            try sender.send([[2]])
            #expect(try receiver.next() == [[2]])
        }
        #expect(releases.now == 1)
    }

    @Test func aBorrowedFrameIsReleasedOnceWhenItIsRefused() throws {
        let releases = Count()
        try withContext { context in
            let router = try Socket(.router, in: context)
            defer { router.close() }
            let owner = Owner(count: 100_000) { releases.add() }
            let outcome = try router.send(to: [7], [[1]], last: Message(borrowing: owner, buffer: owner.view))
            #expect(outcome == .unreachable)
            #expect(releases.now == 0)
        }
        #expect(releases.now == 1)
    }

    @Test func aBorrowedFrameIsReleasedOnceWhenTheLinkNeverCame() throws {
        let releases = Count()
        try withContext { context in
            let sender = try Socket(.dealer, in: context)
            try sender.connect("tcp://127.0.0.1:9")
            do {
                let owner = Owner(count: 100_000) { releases.add() }
                try sender.send([], last: Message(borrowing: owner, buffer: owner.view))
            }
            #expect(releases.now == 0)
            sender.close()
        }
        #expect(releases.now == 1)
    }
}
