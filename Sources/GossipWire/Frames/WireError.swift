/// A message that breaks the protocol, as it is told to its sender.
package struct WireError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The codes of an `error` reply. Codes may be added; none is ever used for something else.
    package enum Code: String, CaseIterable, Sendable {
        case badSignature = "bad-signature"
        case unknownVerb = "unknown-verb"
        case malformed
        case tooLarge = "too-large"
        case overloaded
        /// The torrent is none of this node's, or this tracker has no metafile of it.
        case unknownTorrent = "unknown-torrent"
        /// Of a secured swarm: the sender's key does not give it the right to ask for this.
        case notAllowed = "not-allowed"
    }

    package let code: Code
    /// For people; the code alone is for programs.
    package let text: String

    package init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }

    package var description: String { "\(code.rawValue): \(text)" }

    /// The `error` reply.
    package var frames: [[UInt8]] {
        [Word.signature, Word.error, Array(code.rawValue.utf8), Array(text.utf8)]
    }

    static func wrongFrameCount(_ verb: String, _ expected: Int, found: Int) -> WireError {
        WireError(.malformed, "\(verb) has \(expected) frames, not \(found)")
    }
}

extension WireFrames {
    /// Checks the two frames that every message begins with.
    func checkSignature() throws(WireError) {
        guard frame(0, equals: Word.signature) else {
            throw WireError(.badSignature, "a message begins with the frame GT1")
        }
        guard count >= 2 else { throw WireError(.malformed, "the verb is missing") }
    }

    func checkCount(_ expected: Int, of verb: String) throws(WireError) {
        guard count == expected else { throw .wrongFrameCount(verb, expected, found: count) }
    }
}
