import GossipWire
import Testing

/// One example of docs/protocol.md: a block marked `frames KIND`, each line a frame in hex and what it is.
struct FramesBlock: Sendable, CustomTestStringConvertible {
    let kind: String
    let frames: [[UInt8]]
    /// The text that a line gives for its bytes, in quotes, beside the bytes themselves.
    let quotations: [(text: String, bytes: [UInt8])]

    var testDescription: String {
        "\(kind) \(frames.dropFirst().first.map { String(decoding: $0, as: UTF8.self) } ?? "")"
    }

    init(kind: String, lines: [String]) throws {
        self.kind = kind
        var frames: [[UInt8]] = []
        var quotations: [(String, [UInt8])] = []
        for line in lines {
            let continues = line.hasPrefix("+ ")
            let line = continues ? line.dropFirst(2) : line[...]
            let gap = try #require(line.firstRange(of: "  "), "two spaces stand between the bytes and their meaning")
            let bytes = try #require([UInt8](hex: line[..<gap.lowerBound].filter { $0 != " " }), "\(line)")
            let meaning = line[gap.upperBound...]
            if continues {
                try #require(!frames.isEmpty)
                frames[frames.count - 1] += bytes
            } else {
                frames.append(bytes)
            }
            if meaning.hasPrefix("\""), meaning.hasSuffix("\"") {
                quotations.append((String(meaning.dropFirst().dropLast()), bytes))
            }
        }
        self.frames = frames
        self.quotations = quotations
    }

    /// The blocks of a document, in order.
    static func all(in document: String) throws -> [FramesBlock] {
        var blocks: [FramesBlock] = []
        var open: (kind: String, lines: [String])?
        for line in document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```frames ") {
                open = (String(line.dropFirst("```frames ".count)), [])
            } else if line == "```", let block = open {
                blocks.append(try FramesBlock(kind: block.kind, lines: block.lines))
                open = nil
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }
}
