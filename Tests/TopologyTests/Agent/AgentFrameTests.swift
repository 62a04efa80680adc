import TestSupport
import Testing

@testable import Topology

@Suite struct AgentFrameTests {
    private static let frames: [AgentFrame<AgentRequest>] = [
        .message(.beat), .message(.file(path: "a/b", size: 3, digest: nil)), .data([1, 2, 3]), .data([]),
        .message(.tell(name: "tracker", line: "pause")),
        .message(.start(name: "p", arguments: ["get", "a b", "\n"], input: "k\n", logsToFile: true)),
        .message(.ports([1, 65535])),
        .message(.finish(keepsCopies: true, keepsRun: false)), .data([UInt8](repeating: 7, count: 70_000)),
    ]

    @Test(arguments: [1, 2, 5, 4096, 1 << 20])
    func framesComeOutAsTheyWentInWhateverThePortions(portion: Int) throws {
        let bytes = try Self.frames.flatMap { try $0.encoded }
        var decoder = AgentFrameDecoder<AgentRequest>()
        var frames: [AgentFrame<AgentRequest>] = []
        for start in stride(from: 0, to: bytes.count, by: portion) {
            decoder.append(bytes[start..<min(bytes.count, start + portion)])
            while let frame = try decoder.next() { frames.append(frame) }
        }
        #expect(frames == Self.frames)
    }

    @Test func theBytesAreAsDescribed() throws {
        #expect(try AgentFrame<AgentRequest>.data([9, 8]).encoded == [0, 0, 0, 2, 1, 9, 8])
    }

    @Test(
        arguments: [
            [0xFF, 0xFF, 0xFF, 0xFF, 0], [0, 0x10, 0, 1, 1], [0, 0, 0, 1, 2, 0], [0, 0, 0, 2, 0, 0x7B, 0x7D],
            [0, 0, 0, 0, 0],
        ] as [[UInt8]])
    func whatIsNoFrameIsRefused(bytes: [UInt8]) {
        var decoder = AgentFrameDecoder<AgentRequest>()
        decoder.append(bytes)
        #expect(throws: LaunchError.self) { try decoder.next() }
    }

    /// Random bytes: nothing but frames and refusals, and no trap.
    @Test func noBytesAreFatal() throws {
        var generator = SeededGenerator(seed: 5)
        var refusals = 0
        for _ in 0..<2_000 {
            var bytes = try Self.frames[1].encoded
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            var decoder = AgentFrameDecoder<AgentRequest>()
            decoder.append(bytes)
            do { _ = try decoder.next() } catch { refusals += 1 }
        }
        #expect(refusals > 100)
    }
}
