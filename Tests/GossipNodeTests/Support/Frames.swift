/// Messages of the wire, written by hand from the protocol's page.
enum Frames {
    static func text(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }

    static func number(_ value: UInt64) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func number(_ value: UInt32) -> [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    /// `"GT1" | verb | torrent | cycle`, then what the verb adds.
    static func message(_ verb: String, _ torrent: [UInt8], _ cycle: UInt64, _ rest: [UInt8]...) -> [[UInt8]] {
        text("GT1", verb) + [torrent, number(cycle)] + rest
    }

    /// The code of an `error` reply; nil where the message is none.
    static func errorCode(_ frames: [[UInt8]]?) -> String? {
        guard let frames, frames.count == 4, Array(frames[..<2]) == text("GT1", "error") else { return nil }
        return String(decoding: frames[2], as: UTF8.self)
    }
}
