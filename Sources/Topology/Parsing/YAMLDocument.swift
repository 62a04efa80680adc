import Yams

/// A topology's text as a tree of YAML nodes, with Yams' errors put in our words.
enum YAMLDocument {
    /// Words that begin like an alias. A few lines of aliases stand for millions of nodes, and are compared one by one
    /// where they are keys; this few cannot. What is found to be an anchor is then refused altogether.
    private static let mostAliases = 32

    /// Parses one document and hands its root on.
    ///
    /// - Parameter body: Called with the root while the parser lives: nodes know their anchors no longer than that.
    /// - Throws: `TopologyError` with the line where the text stops being YAML; what `body` throws.
    static func withRoot<Result>(
        of text: String, path: String, _ body: (Node) throws(TopologyError) -> Result
    ) throws(TopologyError) -> Result {
        guard aliasCount(in: text) <= mostAliases else {
            let message = "more than \(mostAliases) words begin with *, as aliases do; write the values out instead"
            throw TopologyError(.file(path), message)
        }
        let root: Node?
        let parser: Parser
        do {
            // The basic resolver takes every scalar for text: each field reads its own, and none is guessed at.
            parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            root = try parser.singleRoot()
        } catch {
            throw YAMLFault(error, text: text).error(path: path)
        }
        guard let root, !root.isEmptyScalar else {
            throw TopologyError(.file(path), "there is nothing in it; it needs at least torrent and nodes")
        }
        return try withExtendedLifetime(parser) { () throws(TopologyError) in try body(root) }
    }

    private static func aliasCount(in text: String) -> Int {
        var count = 0
        var previous = UInt8(ascii: "\n")
        let openers = [UInt8](" \t\r\n[]{},:?-".utf8)
        for byte in text.utf8 {
            if previous == UInt8(ascii: "*"), !openers.contains(byte) { count += 1 }
            // Only a star that begins a word can begin an alias; others are passed over as part of theirs.
            previous = byte != UInt8(ascii: "*") || openers.contains(previous) ? byte : 0
        }
        return count
    }
}

extension Node {
    /// Nothing written at all, or one of the ways to write that.
    var isEmptyScalar: Bool {
        guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    var line: Int { mark?.line ?? 1 }

    /// What it is, as a message names it.
    var kindName: String {
        switch self {
        case .scalar(let scalar): isEmptyScalar ? "empty" : InvalidText.shown(scalar.string)
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    var hasAnchor: Bool {
        switch self {
        case .scalar(let scalar): scalar.anchor != nil
        case .mapping(let mapping): mapping.anchor != nil
        case .sequence(let sequence): sequence.anchor != nil
        case .alias: true
        }
    }
}
