/// What is wrong with a trace, and in which line.
package struct TraceError: Error, Equatable, Sendable {
    /// Counted from 1.
    package let line: Int
    /// A clause such as `expected send pull 4 2 p3, got send pull 4 1 p3`.
    package let text: String

    package init(line: Int, _ text: String) {
        self.line = line
        self.text = text
    }
}

/// Bounds of what is read: a trace may come from anyone.
package enum TraceLimit {
    /// The longest is a node's digest in hex.
    package static let lineBytes = 1 << 20
    /// As many as a metafile can hold.
    static let chunks: UInt32 = 1 << 21
    /// As on the bus: a node believes no clock that is beyond it.
    static let cycle: UInt64 = 1 << 53
}
