import GossipCore
import GossipWire

/// The frames of a text message: words, and bytes as they are.
func frames(_ parts: FramePart...) -> [[UInt8]] { parts.map(\.bytes) }

/// A frame, written as text or as bytes.
struct FramePart: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    let bytes: [UInt8]

    init(stringLiteral text: String) { bytes = Array(text.utf8) }

    init(arrayLiteral bytes: UInt8...) { self.bytes = bytes }

    init(_ bytes: [UInt8]) { self.bytes = bytes }
}

extension PeerCodec {
    func readRequest(_ frames: [[UInt8]]) -> Result<PeerRequest, WireError> {
        WireFrames.with(frames) { frames in Result { () throws(WireError) in try request(frames) } }
    }

    func readReply(_ frames: [[UInt8]]) -> Result<PeerReply, WireError> {
        WireFrames.with(frames) { frames in Result { () throws(WireError) in try reply(frames) } }
    }
}

extension PeerCodec {
    /// Nil where the verb is none of the exchange's.
    func readExchangeRequest(_ frames: [[UInt8]]) -> Result<ExchangeRequest?, WireError> {
        WireFrames.with(frames) { frames in
            Result { () throws(WireError) in try exchangeRequest(frames)?.request }
        }
    }

    func readExchangeReply(_ frames: [[UInt8]]) -> Result<ExchangeReply?, WireError> {
        WireFrames.with(frames) { frames in Result { () throws(WireError) in try exchangeReply(frames) } }
    }
}

extension TrackerRequest {
    static func read(_ frames: [[UInt8]]) -> Result<TrackerRequest, WireError> {
        WireFrames.with(frames) { frames in Result { () throws(WireError) in try TrackerRequest(frames) } }
    }
}

extension TrackerReply {
    static func read(_ frames: [[UInt8]]) -> Result<TrackerReply, WireError> {
        WireFrames.with(frames) { frames in Result { () throws(WireError) in try TrackerReply(frames) } }
    }
}

extension BusMessage {
    static func read(_ frames: [[UInt8]]) -> BusMessage? {
        WireFrames.with(frames) { BusMessage($0) }
    }

    static func read(_ topic: String, _ json: String) -> BusMessage? {
        read([Array(topic.utf8), Array(json.utf8)])
    }
}

extension Result where Failure == WireError {
    /// The code of the error; nil where there is none.
    var code: WireError.Code? {
        guard case .failure(let error) = self else { return nil }
        return error.code
    }
}

/// Ways to damage a message, and messages that never were one.
struct Mutator {
    var generator: RandomGenerator

    init(seed: UInt64) { generator = RandomGenerator(seed: seed) }

    mutating func mutate(_ message: [[UInt8]]) -> [[UInt8]] {
        var message = message
        let frame = generator.index(below: max(1, message.count))
        guard !message.isEmpty else { return randomMessage() }
        switch generator.index(below: 8) {
        case 0: message[frame] = Array(message[frame].dropLast(1 + generator.index(below: 3)))
        case 1: message.remove(at: frame)
        case 2: message.insert(randomFrame(), at: generator.index(below: message.count + 1))
        case 3:
            guard !message[frame].isEmpty else { break }
            message[frame][generator.index(below: message[frame].count)] ^= UInt8(1 << generator.index(below: 8))
        case 4: message[frame].append(UInt8(truncatingIfNeeded: generator.next()))
        case 5: message[frame] = randomFrame()
        case 6: message.swapAt(frame, generator.index(below: message.count))
        default: message = Array(message.prefix(generator.index(below: message.count)))
        }
        return message
    }

    mutating func randomMessage() -> [[UInt8]] {
        (0..<generator.index(below: 9)).map { _ in randomFrame() }
    }

    mutating func randomFrame() -> [UInt8] {
        let words = [
            "GT1", "push", "pull", "have", "chunk", "none", "late", "error", "ok", "peers", "announce", "metafile",
            "get_metafile", "exchange",
            "want", "grant",
            "got",
        ]
        switch generator.index(below: 4) {
        case 0: return Array(words[generator.index(below: words.count)].utf8)
        default:
            let size = [0, 1, 4, 8, 64, 65, 255, 256][generator.index(below: 8)]
            return (0..<size).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        }
    }
}
