import Subprocess

/// What comes from a host: first lines, then frames.
struct HostReader {
    /// What login scripts may print at most before ours speaks, in bytes.
    private static let longestPrelude = 64 << 10

    private var iterator: SubprocessOutputSequence.Iterator
    private var rest: [UInt8] = []
    private var preludeLength = 0
    private var decoder = AgentFrameDecoder<AgentReport>()

    init(_ output: SubprocessOutputSequence) {
        iterator = output.makeAsyncIterator()
    }

    /// The next line of our script; others are passed over.
    /// - Returns: nil where the connection has ended.
    /// - Throws: `LaunchError` where nothing but other lines comes.
    mutating func line(isolation: isolated (any Actor)? = #isolation) async throws -> HostLine? {
        while true {
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest.removeFirst(end + 1)
                if let line = HostLine(line) { return line }
            }
            guard preludeLength < Self.longestPrelude else {
                throw LaunchError(
                    "its login scripts print too much; they should print nothing where there is no terminal")
            }
            guard let bytes = try await read(isolation: isolation) else { return nil }
            preludeLength += bytes.count
            rest += bytes
        }
    }

    /// The next frame.
    /// - Returns: nil where the connection has ended.
    mutating func frame(isolation: isolated (any Actor)? = #isolation) async throws -> AgentFrame<AgentReport>? {
        if !rest.isEmpty {
            decoder.append(rest)
            rest = []
        }
        while true {
            if let frame = try decoder.next() { return frame }
            guard let bytes = try await read(isolation: isolation) else { return nil }
            decoder.append(bytes)
        }
    }

    private mutating func read(isolation: isolated (any Actor)?) async throws -> [UInt8]? {
        guard let buffer = try await iterator.next(isolation: isolation) else { return nil }
        return buffer.withUnsafeBytes { Array($0) }
    }
}
