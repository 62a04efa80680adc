import GossipNode
import Topology

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What comes through the connection to a host, from either end, and the records in JSON that are read back.
enum AgentTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let kind = input.byte()
        let portion = 1 + input.below(64)
        let bytes = input.rest()
        switch kind & 3 {
        case 0: return try stream(AgentRequest.self, bytes, portion)
        case 1: return try stream(AgentReport.self, bytes, portion)
        case 2: return try record([AgentReport.NodeState].self, bytes)
        default: return try record(TrackerEndpoints.self, bytes)
        }
    }

    /// Frames are the same whatever portions they come in, and are read as they were written.
    private static func stream<Message: Codable & Equatable & Sendable>(
        _: Message.Type, _ bytes: [UInt8], _ portion: Int
    ) throws(FuzzFinding) -> Bool {
        let whole: [AgentFrame<Message>] = frames(bytes, portion: bytes.count)
        let parts: [AgentFrame<Message>] = frames(bytes, portion: portion)
        try require(whole == parts, "frames do not depend on how they were cut: \(whole), \(parts)")
        for frame in whole {
            guard let written = try? frame.encoded else { throw FuzzFinding("\(frame) cannot be written") }
            try require(frames(written, portion: written.count) == [frame], "\(frame) is read as it was written")
        }
        return !whole.isEmpty
    }

    private static func frames<Message: Codable & Equatable & Sendable>(
        _ bytes: [UInt8], portion: Int
    ) -> [AgentFrame<Message>] {
        var decoder = AgentFrameDecoder<Message>()
        var frames: [AgentFrame<Message>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            decoder.append(rest.prefix(portion))
            rest = rest.dropFirst(portion)
            do throws(LaunchError) {
                while let frame = try decoder.next() { frames.append(frame) }
            } catch {
                return frames
            }
        }
        return frames
    }

    private static func record<Record: Codable & Equatable>(_: Record.Type, _ bytes: [UInt8]) throws(FuzzFinding)
        -> Bool
    {
        guard let record = try? JSONDecoder().decode(Record.self, from: Data(bytes)) else { return false }
        let again = (try? JSONEncoder().encode(record)).flatMap { try? JSONDecoder().decode(Record.self, from: $0) }
        try require(again == record, "a record is read as it was written: \(record)")
        return true
    }
}
