/// The bytes of a topology file on their way to the YAML parser: read and found to be text.
enum TopologySource {
    /// A topology of a hundred thousand nodes fits.
    static let longestFile = 1 << 20

    /// Reads the file.
    ///
    /// - Parameter path: As the user gave it.
    /// - Throws: `TopologyError` where there is no such file, it cannot be read, or it is too long.
    static func read(_ path: String) throws(TopologyError) -> [UInt8] {
        let location = TopologyIssue.Location.file(path)
        if let fault = FileProbe.fault(ofReadableFile: path) {
            throw TopologyError(location, "the topology \(fault); give the path of a topology file")
        }
        guard let bytes = FileProbe.read(path, atMost: longestFile + 1) else {
            throw TopologyError(location, "the topology cannot be read (\(FileProbe.lastError))")
        }
        guard bytes.count <= longestFile else {
            throw TopologyError(location, "the topology is longer than 1 MiB; that is no topology")
        }
        return bytes
    }

    /// The bytes as text.
    ///
    /// - Throws: `TopologyError` with the line of the first byte that is not UTF-8, or is NUL.
    static func text(_ bytes: [UInt8], path: String) throws(TopologyError) -> String {
        if let zero = bytes.firstIndex(of: 0) {
            throw TopologyError(.line(path, line(at: zero, in: bytes)), "there is a NUL byte; it must be a text file")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let line = line(at: firstInvalid(in: bytes), in: bytes)
            throw TopologyError(.line(path, line), "the text is not UTF-8; save the file in that encoding")
        }
        // A byte order mark says nothing in UTF-8; some editors write one.
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// The line, counted from 1, of a byte.
    static func line(at offset: Int, in bytes: [UInt8]) -> Int {
        1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
    }

    private static func firstInvalid(in bytes: [UInt8]) -> Int {
        // The longest prefix that is text ends where the first bad byte begins.
        var valid = 0
        var invalid = bytes.count
        while valid < invalid {
            let middle = (valid + invalid + 1) / 2
            // A prefix may end inside a character; up to three bytes more complete it.
            let isText = (0...3).contains { extra in
                middle + extra <= bytes.count && String(validating: bytes.prefix(middle + extra), as: UTF8.self) != nil
            }
            if isText { valid = middle } else { invalid = middle - 1 }
        }
        return valid
    }
}
