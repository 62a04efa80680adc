#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What travels between a launcher and an agent: a length of four bytes, the highest first, a byte that tells messages
/// from data, and as many bytes as the length says.
package enum AgentFrame<Message: Codable & Equatable & Sendable>: Equatable, Sendable {
    case message(Message)
    /// A part of the file that the last message announced.
    case data([UInt8])

    /// As bytes. Data should not be longer than `AgentFraming.portion`.
    package var encoded: [UInt8] {
        get throws {
            switch self {
            case .message(let message):
                return AgentFraming.frame(0, Array(try JSONEncoder().encode(message)))
            case .data(let bytes):
                return AgentFraming.frame(1, bytes)
            }
        }
    }
}

package enum AgentFraming {
    /// What one frame of data holds at most, in bytes.
    package static let portion = 64 << 10
    /// A log that is written at once, in JSON, is the longest frame.
    static let longestFrame = 1 << 20
    static let headLength = 5

    static func frame(_ kind: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        let length = UInt32(bytes.count)
        return [
            UInt8(truncatingIfNeeded: length >> 24), UInt8(truncatingIfNeeded: length >> 16),
            UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length), kind,
        ] + bytes
    }
}

/// Takes frames out of a stream of bytes, whatever portions it comes in. Holds little more than one frame.
package struct AgentFrameDecoder<Message: Codable & Equatable & Sendable>: Sendable {
    private var buffer: [UInt8] = []
    private var start = 0

    package init() {}

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0, start == buffer.count || start > AgentFraming.longestFrame {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole frame.
    /// - Returns: nil where more bytes are needed.
    /// - Throws: `LaunchError` where the bytes are no frame; nothing after them is.
    package mutating func next() throws(LaunchError) -> AgentFrame<Message>? {
        guard buffer.count - start >= AgentFraming.headLength else { return nil }
        let length = buffer[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= AgentFraming.longestFrame else {
            throw LaunchError("a frame of \(length) bytes came; at most \(AgentFraming.longestFrame) make sense")
        }
        let end = start + AgentFraming.headLength + length
        guard buffer.count >= end else { return nil }
        let kind = buffer[start + 4]
        let bytes = Array(buffer[start + AgentFraming.headLength..<end])
        start = end
        switch kind {
        case 0:
            guard let message = try? JSONDecoder().decode(Message.self, from: Data(bytes)) else {
                throw LaunchError("a message of \(length) bytes came that is none")
            }
            return .message(message)
        case 1:
            return .data(bytes)
        default:
            throw LaunchError("a frame of kind \(kind) came; there are 0 and 1")
        }
    }
}
