/// Collects the bytes of a request until its head is whole, or cannot become one: nothing else of it is read.
///
/// Stricter than RFC 9112 asks: a line ends with CR and LF together, and all else is printable ASCII or a tab, so that
/// a stranger who speaks something else is told at his first byte.
package struct RequestReader: Sendable {
    package enum Outcome: Equatable, Sendable {
        /// The end of the head has not come yet.
        case incomplete
        case head(RequestHead)
        case malformed
        /// The head is longer than `RequestHead.sizeLimit`.
        case tooLarge
    }

    private static let end = Array("\r\n\r\n".utf8)

    private var bytes: [UInt8] = []
    private var outcome = Outcome.incomplete

    package init() {}

    /// Takes what came next. Once the outcome is another than `incomplete` it stays, and no byte more is kept.
    package mutating func take(_ new: some Sequence<UInt8>) -> Outcome {
        guard outcome == .incomplete else { return outcome }
        for byte in new {
            outcome = take(byte)
            if outcome != .incomplete { break }
        }
        if outcome != .incomplete { bytes = [] }
        return outcome
    }

    private mutating func take(_ byte: UInt8) -> Outcome {
        let (carriageReturn, lineFeed) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
        guard (bytes.last == carriageReturn) == (byte == lineFeed) else { return .malformed }
        guard (0x20...0x7E).contains(byte) || [carriageReturn, lineFeed, UInt8(ascii: "\t")].contains(byte) else {
            return .malformed
        }
        bytes.append(byte)
        if byte == lineFeed, bytes.suffix(Self.end.count).elementsEqual(Self.end) { return head }
        return bytes.count < RequestHead.sizeLimit ? .incomplete : .tooLarge
    }

    private var head: Outcome {
        RequestHead(String(decoding: bytes.dropLast(Self.end.count), as: UTF8.self)).map { .head($0) } ?? .malformed
    }
}
