import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct MultipartMessageTests {
    /// Two sockets that are linked, by the transport.
    private func withPair(_ endpoint: String, _ body: (Socket, Socket) throws -> Void) throws {
        try withContext { context in
            let left = try Socket(.pair, in: context)
            let right = try Socket(.pair, in: context)
            defer { left.close() }
            defer { right.close() }
            try right.connect(left.bind(endpoint))
            // The bound one has nobody to send to until the other has come.
            try #require(try left.wait(for: .writable, until: .now + patience))
            try body(left, right)
        }
    }

    static let shapes: [[[UInt8]]] = [
        [[]],
        [[], []],
        [[], [1], []],
        [[1], [], [2, 3], [], []],
        [Array(repeating: 1, count: 33), Array(repeating: 2, count: 34), Array(repeating: 3, count: 9_000)],
        (0..<64).map { [UInt8($0)] },
    ]

    @Test(arguments: ["inproc://shapes", "tcp://127.0.0.1:*"], shapes)
    func arrivesAsItWasSent(endpoint: String, frames: [[UInt8]]) throws {
        try withPair(endpoint) { left, right throws in
            #expect(try left.send(frames) == .sent)
            #expect(try right.next() == frames)
            #expect(try left.send(frames, last: Message(copying: [9])) == .sent)
            #expect(try right.receive(timeout: patience, maximumFrames: 65) == frames + [[9]])
        }
    }

    @Test func theSameStorageTakesMessageAfterMessage() throws {
        try withPair("inproc://again") { left, right in
            var message = MultipartMessage(capacity: 1)
            for frames in Self.shapes + Self.shapes.reversed() {
                try left.send(frames)
                #expect(try right.receive(into: &message))
                #expect(message.count == frames.count)
                #expect(message.copyFrames() == frames)
                #expect(!Bool(message.wasTruncated))
            }
            #expect(try right.receive(into: &message) == false)
            #expect(Bool(message.isEmpty))
        }
    }

    @Test func framesBeyondTheBoundAreDroppedAndNothingElseIs() throws {
        try withPair("tcp://127.0.0.1:*") { left, right in
            var message = MultipartMessage()
            try left.send((0..<100).map { [UInt8($0)] })
            try left.send([[1], [2], [3]])
            try left.send([[1], [2]])
            #expect(try right.receive(into: &message, maximumFrames: 3, timeout: patience))
            #expect(Bool(message.wasTruncated))
            #expect(message.copyFrames() == [[0], [1], [2]])
            #expect(try right.receive(into: &message, maximumFrames: 3, timeout: patience))
            #expect(!Bool(message.wasTruncated))
            #expect(message.copyFrames() == [[1], [2], [3]])
            #expect(try right.receive(into: &message, maximumFrames: 1, timeout: patience))
            #expect(Bool(message.wasTruncated))
            #expect(message.copyFrames() == [[1]])
        }
    }

    @Test func aFrameIsTakenOutWithoutBeingCopied() throws {
        try withPair("tcp://127.0.0.1:*") { left, right in
            let chunk = [UInt8](repeating: 7, count: 100_000)
            try left.send([[1], chunk])
            var message = MultipartMessage()
            try #require(try right.receive(into: &message, timeout: patience))
            let before = message.withFrames { $0[1].baseAddress }
            let taken = message.takeFrame(at: 1)
            #expect(message.copyFrames() == [[1], []])
            message.removeAll()
            #expect(taken.withUnsafeBytes { $0.baseAddress } == before)
            #expect(taken.withUnsafeBytes { Array($0) } == chunk)
        }
    }

    @Test func aReceivedMessageIsSentOn() throws {
        try withPair("inproc://on") { left, right in
            let frames: [[UInt8]] = [[1], [], [UInt8](repeating: 7, count: 100)]
            try left.send(frames)
            var message = MultipartMessage()
            try #require(try right.receive(into: &message, timeout: patience))
            #expect(try right.send(moving: &message) == .sent)
            #expect(Bool(message.isEmpty))
            #expect(try left.next() == frames)
        }
    }

    @Test func framesAreSentFromWhereTheyAre() throws {
        try withPair("inproc://where") { left, right in
            let bytes: [UInt8] = [1, 2, 3, 4]
            try bytes.withUnsafeBytes { bytes in
                let frames = [
                    UnsafeRawBufferPointer(rebasing: bytes[0..<1]), UnsafeRawBufferPointer(rebasing: bytes[1..<4]),
                ]
                _ = try frames.withUnsafeBufferPointer { try left.send($0) }
            }
            #expect(try right.next() == [[1], [2, 3, 4]])
        }
    }
}
