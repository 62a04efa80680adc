import GossipTrace

/// Reads a trace from the disk, line by line, in bounded memory.
package struct TraceReader {
    private static let blockSize = 1 << 16

    private let file: StoredFile
    private var remaining: UInt64
    private var offset: UInt64 = 0
    private var block: [UInt8] = []
    private var place = 0
    private var line = 0

    /// - Throws: `NodeError` where the file cannot be read.
    package init(_ path: String) throws(NodeError) {
        file = try StoredFile(path: path, .reading)
        remaining = try file.size
    }

    /// The next line, without its end; nil after the last.
    package mutating func next() throws(TraceError) -> String? {
        line += 1
        var text: [UInt8] = []
        while true {
            if place == block.count, try !readBlock() {
                if text.isEmpty { return nil }
                throw TraceError(line: line, "the file ends in the middle of this line")
            }
            let rest = block[place...]
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            text += rest[..<(end ?? block.count)]
            place = end.map { $0 + 1 } ?? block.count
            guard text.count <= TraceLimit.lineBytes else {
                throw TraceError(line: line, "this line is longer than \(TraceLimit.lineBytes) bytes")
            }
            if end != nil { break }
        }
        guard let read = String(validating: text, as: UTF8.self) else {
            throw TraceError(line: line, "this line is no text in UTF-8")
        }
        return read
    }

    /// False at the end of the file.
    private mutating func readBlock() throws(TraceError) -> Bool {
        let size = Int(min(remaining, UInt64(Self.blockSize)))
        guard size > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: size)
        do throws(NodeError) {
            var outcome: Result<Bool, NodeError> = .success(false)
            bytes.withUnsafeMutableBytes { buffer in
                outcome = Result { () throws(NodeError) in try file.read(into: buffer, at: offset) }
            }
            guard try outcome.get() else { return false }
        } catch {
            throw TraceError(line: line, error.description)
        }
        (block, place) = (bytes, 0)
        offset += UInt64(size)
        remaining -= UInt64(size)
        return true
    }
}
